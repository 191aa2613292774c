"""Charsets of mail, by Python's codecs."""
import codecs
import encodings
import functools
import re

# mime-charset = 1*mime-charset-chars   RFC 2978, 2.3
_mime_charset = re.compile(r"[A-Za-z0-9!#$%&'+^_`{}~-]+")
_NAME_SIZE = 40  # "no more than 40 characters", the same
# Codecs of source code and of domain names.
_no_charsets = {"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"}
_NAMES_ASKED = 256
_asked = set()


@functools.lru_cache(maxsize=128)
def codec(charset):
    """The name that Python has for a charset (a str).

    Python keeps every name that ``codecs`` was ever asked for, found or not, and mail may hold any number of them. So
    its own codecs are found without asking, under all the names that its parser takes for them, ``(utf-7`` for one.
    Other names are asked for if they have the form that IANA registers, and up to a number: one of them may be a codec
    of the application's.

    Raises:
        LookupError: Python has none, or it is no charset of text.
    """
    if len(charset) > _NAME_SIZE:
        raise LookupError("no charset has so long a name")
    name = encodings.normalize_encoding(charset).lower()
    name = encodings.aliases.aliases.get(name, name)
    if name in _no_charsets:
        raise LookupError(f"no charset of text: {charset}")
    if name not in _pythons_own():
        if not _mime_charset.fullmatch(charset):
            raise LookupError(f"no charset: {charset}")
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
