"""Charsets of mail, by Python's codecs."""

import codecs
import encodings
import functools
import re

# mime-charset = 1*mime-charset-chars   RFC 2978, 2.3; and "no more than 40 characters"
_NAME_OCTETS = 40
_mime_charset = re.compile(r"[A-Za-z0-9!#$%&'+^_`{}~-]+")
_others = re.compile(r"[^A-Za-z0-9.]+")
# Codecs of source code and of domain names.
_no_charsets = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}
_NAMES_ASKED = 256
_asked = set()


def codec(charset):
    """The name that Python has for a charset (a str).

    Python keeps every name that ``codecs`` was ever asked for, found or not, and mail may hold any number of them. The
    codecs that come with Python are known without asking, however they are spelled: it looks at letters, digits and
    dots only. Of other names those of the form that IANA registers are asked for, up to a number: one of them may be a
    codec of the application's.

    Raises:
        LookupError: Python has no codec for it, or one that is not for text.
    """
    return _short_name(charset) if len(charset) <= _NAME_OCTETS else _find(charset)


def _find(charset):
    spelled = _others.sub("_", charset).strip("_").lower()
    aliases = encodings.aliases.aliases
    name = aliases.get(spelled) or aliases.get(spelled.replace(".", "_")) or spelled
    if name in _no_charsets:
        raise LookupError(f"no charset of text: {charset}")
    if name not in _pythons_own():
        _ask(charset, name)
    return name


_short_name = functools.lru_cache(maxsize=128)(_find)


@functools.cache
def _pythons_own():
    """The names of the codecs that come with Python."""
    import pkgutil  # only for mail with other charsets than UTF-8

    return frozenset(module.name for module in pkgutil.iter_modules(encodings.__path__))


def _ask(charset, name):
    if name not in _asked:
        if len(_asked) >= _NAMES_ASKED or len(charset) > _NAME_OCTETS or not _mime_charset.fullmatch(charset):
            raise LookupError(f"unknown charset: {charset}")
        _asked.add(name)
    codecs.lookup(name)
