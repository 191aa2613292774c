"""Charsets of mail, by Python's codecs."""
import codecs
import encodings
import functools
import re

# mime-charset = 1*mime-charset-chars   RFC 2978, 2.3; and "no more than 40 characters"
_mime_charset = re.compile(r"[A-Za-z0-9!#$%&'+^_`{}~-]{1,40}")
# Codecs of source code and of domain names.
_no_charsets = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}
_NAMES_ASKED = 256
_asked = set()


@functools.lru_cache(maxsize=128)
def codec(charset):
    """The name that Python has for a charset (a str).

    Python keeps every name that ``codecs`` was ever asked for, found or not, and mail may hold any number of them. So
    only names of the form that IANA registers are looked for, and those that Python itself has no codec for are asked
    for up to a number: one of them may be a codec of the application's.

    Raises:
        LookupError: Python has none, or it is no charset of text.
    """
    if not _mime_charset.fullmatch(charset):
        raise LookupError(f"no charset: {charset}")
    name = encodings.normalize_encoding(charset).lower()
    name = encodings.aliases.aliases.get(name, name)
    if name in _no_charsets:
        raise LookupError(f"no charset of text: {charset}")
    if name not in _pythons_own():
        _ask(name)
    return name


@functools.lru_cache(maxsize=None)
def _pythons_own():
    """The names of the codecs that come with Python."""
    import pkgutil  # in no hurry: it takes longer than what it is for

    return frozenset(module.name for module in pkgutil.iter_modules(encodings.__path__))


def _ask(name):
    if name not in _asked:
        if len(_asked) >= _NAMES_ASKED:
            raise LookupError(f"unknown charset: {name}")
        _asked.add(name)
    codecs.lookup(name)
