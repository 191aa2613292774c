"""An encoded-word (RFC 2047, 2), and what it stands for."""

import base64
import binascii
import encodings
import pkgutil
import re
from encodings.aliases import aliases

PATTERN = re.compile(rb"=\?([^?*\s()<>@,;:\"/\[\].=]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?\s]*)\?=")

# Python keeps every name that it is asked for, so it is asked for those of its own only; not all of them are of charsets.
_CODECS = {*aliases.values(), *(module.name for module in pkgutil.iter_modules(encodings.__path__))} - {
    "idna",
    "punycode",
    "raw_unicode_escape",
    "undefined",
    "unicode_escape",
}


class EncodedWord:
    """An encoded-word as it stands in the body of a field.

    Attributes:
        kind (str): of the brackets that it stands in, as ``Field.brackets`` has them; empty outside of any.
        start, end (int): offsets into the body.
        charset (bytes): in lower case.
        encoded_text (bytes): empty where it stands for nothing.
        is_padded (bool): it is base64 that ends in "=".
        octets (bytes or None): what it stands for; None where the encoded-text is malformed.
        text (str or None): the same as text; None where it cannot be decoded.
    """

    def __init__(self, match, kind=""):
        self.kind = kind
        self.start, self.end = match.span()
        self.charset, encoding, self.encoded_text = match[1].lower(), match[2], match[3]
        self.is_padded = encoding in b"bB" and self.encoded_text.endswith(b"=")
        try:
            self.octets = _octets_of(encoding, self.encoded_text)
        except ValueError:
            self.octets = None
        self.text = None if self.octets is None else decoded(self.charset, self.octets)

    def __len__(self):
        return self.end - self.start


def decoded(charset, octets):
    """Octets of a charset (bytes, in lower case) as text; None where they are none, or nobody knows the charset."""
    if charset == b"unknown-8bit" or not octets:
        return octets.decode("ascii", "surrogateescape")
    try:
        codec = encodings.normalize_encoding(charset.decode("ascii"))
        codec = aliases.get(codec, codec)
        return (octets.decode(codec) or None) if codec in _CODECS else None
    except (ValueError, LookupError):
        return None


def _octets_of(encoding, encoded_text):
    """What an encoded-text stands for; ValueError where that is nothing."""
    if encoding in b"bB":
        if len(encoded_text) % 4:
            raise ValueError("base64 without its padding")
        return base64.b64decode(encoded_text, validate=True)
    if re.search(rb"=(?![0-9A-Fa-f]{2})", encoded_text):
        raise ValueError("an equals sign without two digits")
    return binascii.a2b_qp(encoded_text, header=True)
