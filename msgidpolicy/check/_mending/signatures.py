"""What the signatures of a message cover: DKIM (RFC 6376), ARC (RFC 8617) and DomainKeys (RFC 4870)."""

import collections
import re

_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_WHITE_SPACE = re.compile(rb"[ \t]+")
_WHITE_SPACE_AT_END = re.compile(rb"[ \t]+(?=\r?\n|\Z)")
_ANY_WHITE_SPACE = re.compile(rb"[ \t\r\n]+")
_SEALED = ("arc-seal", "arc-message-signature", "arc-authentication-results")  # RFC 8617, 5.1.1


def simple(field):
    """A field (bytes) as it is (RFC 6376, 3.4.1)."""
    return field.replace(b"\r\n", b"\n")


def relaxed(field):
    """A field (bytes) without its folds, and with single blanks (RFC 6376, 3.4.2)."""
    name, _, body = field.partition(b":")
    body = _WHITE_SPACE.sub(b" ", _FOLD.sub(b"", body).rstrip(b"\r\n"))
    return name.rstrip(b" \t").lower() + b":" + body.strip(b" \t")


def without_white_space(field):
    """A field (bytes) as ``nofws`` has it (RFC 4870, 3.4.2.2)."""
    return _ANY_WHITE_SPACE.sub(b"", field)


def relaxed_body(octets):
    """Lines of a body with single blanks, and none at their ends (RFC 6376, 3.4.4)."""
    return _WHITE_SPACE.sub(b" ", _WHITE_SPACE_AT_END.sub(b"", simple(octets)))


_OF_FIELDS, _OF_BODIES = {b"relaxed": relaxed}, {b"relaxed": relaxed_body}


class Signatures:
    """The signatures of a message.

    Args:
        fields (list of Field): of the message's header.
        mended (dict): what fields are mended to (bytes), by where they start. A signature with encoded-words in it holds for
            nobody, so it is taken as it is mended, and covers itself not at all.
    """

    def __init__(self, fields, mended):
        self._of_fields = collections.defaultdict(dict)  # names by canonicalization, by where a field starts
        self._of_body = {}  # names by canonicalization
        by_name = _by_name(fields)
        by_plain_name = _by_name([field for field in fields if not _has_space_before_colon(field)])
        signed = set()
        for field in by_name["dkim-signature"] + by_name["arc-message-signature"]:
            signed.update(self._add(field, mended.get(field.start) or field.octets, by_name, by_plain_name))
        for field in [field for name in signed for field in by_name.get(name, ()) if _has_space_before_colon(field)]:
            self._of_fields[field.start].setdefault(simple, "DKIM-Signature")
        if by_name["arc-seal"]:
            for field in [field for name in _SEALED for field in by_name[name]]:
                self._of_fields[field.start].setdefault(relaxed, "ARC-Seal")
        self._add_domain_keys(by_name["domainkey-signature"], fields)

    def broken_by(self, field, octets):
        """The name (str) of a signature that does not hold when a field of the header is made these octets; else empty."""
        return _broken(self._of_fields.get(field.start, {}), field.octets, octets)

    def broken_in_body(self, before, after):
        """The name (str) of a signature that does not hold when these octets of the body are made others; else empty."""
        return _broken(self._of_body, before, after)

    def _add(self, field, octets, *by_names):
        """Note what a signature covers; the names that it does."""
        tags = _tags(octets)
        of_fields, _, of_body = tags.get(b"c", b"").lower().partition(b"/")
        canonical = _OF_FIELDS.get(of_fields, simple)
        name = f"{field.name} of {tags[b'd'].decode('utf-8', 'replace')}" if tags.get(b"d") else field.name
        self._of_body.setdefault(_OF_BODIES.get(of_body, simple), name)
        names = collections.Counter(tags.get(b"h", b"").decode("ascii", "replace").lower().split(":"))
        for covered in _covered(names, *by_names):
            self._of_fields[covered.start].setdefault(canonical, name)
        if relaxed(octets) == relaxed(field.octets):
            self._of_fields[field.start].setdefault(canonical, name)
        return names

    def _add_domain_keys(self, signatures, fields):
        """They sign what stands below them, or some of that; which is not looked at."""
        for field in signatures[:1]:
            are_nofws = all(_tags(field.octets).get(b"c", b"").lower() == b"nofws" for field in signatures)
            canonical = without_white_space if are_nofws else simple
            self._of_body.setdefault(canonical, field.name)
            for below in fields:
                if below.start >= field.start:
                    self._of_fields[below.start].setdefault(canonical, field.name)


def _broken(names, before, after):
    return next((name for canonical, name in names.items() if canonical(before) != canonical(after)), "")


def _tags(octets):
    """The tags (dict of bytes) of a signature (RFC 6376, 3.2), without white space."""
    body = _ANY_WHITE_SPACE.sub(b"", octets.partition(b":")[2])
    pairs = [tag.partition(b"=") for tag in body.split(b";")]
    return {name: value for name, _, value in pairs}


def _by_name(fields):
    found = collections.defaultdict(list)
    for field in fields:
        found[field.name.lower()].append(field)
    return found


def _has_space_before_colon(field):
    """Some programs that sign take this for a field, and others do not: so it is one that is signed, and one that is not."""
    return field.lines[0][len(field.name) : len(field.name) + 1] in (b" ", b"\t")


def _covered(names, *by_names):
    """The fields that a signature of these names is over: of each the last, and the one before for a second mention
    (RFC 6376, 5.4.2)."""
    return [field for name, count in names.items() for fields in by_names for field in fields.get(name, [])[-count:]]
