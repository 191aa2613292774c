"""What msgidpolicy knows of CPython's ``email`` package beyond its documentation, each with what happens when it goes.

Nothing else in the package touches these names. Mail is folded right without any of them (tests/test_cpython.py takes
them away one by one): a field goes by its name and its value, both of which our objects keep under names of their own.
"""

import copy
import email.charset
import functools
import re
from email import headerregistry
from email.headerregistry import HeaderRegistry

# --- classes of header objects -------------------------------------------------------------------

# What a class of a user's overrides to parse or fold in its own way. Where CPython asks for another name, a class with
# that is taken for one of the standard library's, and its fields are folded by the core.
_OWN_WAYS = ("parse", "value_parser", "fold")


def is_standard(cls, *modules):
    """Is a header class parsed and folded by the standard library's code alone, and by that of these modules (str)?"""
    return not any(
        name in base.__dict__
        for base in cls.__mro__
        if base.__module__ not in (headerregistry.__name__, "builtins", *modules)
        for name in _OWN_WAYS
    )


def with_text(header, text):
    """A header object that shows another text (str) and has all else that this one has.

    What a header object has stands in its ``__dict__``. Where some of it stands in slots, the new one has no
    ``defects``, ``addresses`` and so on, and is folded all the same.
    """
    shown = str.__new__(type(header), text)
    vars(shown).update(vars(header))
    return shown


# The names that the standard library's registry has classes for.
_USUAL_NAMES = (
    *("subject", "date", "resent-date", "orig-date", "sender", "resent-sender", "to", "resent-to", "cc", "resent-cc"),
    *("bcc", "resent-bcc", "from", "resent-from", "reply-to", "mime-version", "content-type", "content-disposition"),
    *("content-transfer-encoding", "message-id"),
)


def classes_of(registry):
    """The classes (dict) that a HeaderRegistry has for names in lower case.

    It has them in ``registry``. Where that goes, it is asked for the names of old, and what was mapped for others in the
    registry of a policy of Python's does not count for its counterpart: such fields are folded by their names alone.
    """
    classes = getattr(registry, "registry", None)
    return {name: registry[name].__bases__[0] for name in _USUAL_NAMES} if classes is None else classes


def class_in(registry, name, getitem):
    """The one class that a HeaderRegistry has for a name, where ``getitem`` is the ``__getitem__`` of that class.

    By ``registry`` as well; where that goes, each header object costs a class, as with CPython.
    """
    classes = getattr(registry, "registry", None)
    return getitem(registry, name).__bases__[0] if classes is None else classes.get(name.lower(), registry.default_class)


# --- parse trees ---------------------------------------------------------------------------------

# The brackets and quoted characters of tokens whose text stands in brackets.
_BRACKETS = {"bare-quoted-string": ('"', '"', '\\"'), "comment": ("(", ")", "\\()")}
# What CPython's parser takes for an encoded-word: the ``cte`` of its token begins with it.
_encoded_word = re.compile(r"=\?[^?]*\?[^?]*\?.*?\?=", re.DOTALL)
_line_end = re.compile(r"\r\n?|\n")
_PROBE = '=?utf-8?q?a=2C_b?= "c, \\"d" (e \\( =?utf-8?q?f=29?=) <g@h>'


def source_of(header):
    """The field body (str) that CPython's parser made a header object of: put together of the tokens of its tree, as those
    of encoded-words still know how they were written. None where there is no tree, or it is not as it used to be.

    These are couplings to ``_parse_tree`` of a header object, and to ``token_type`` and ``cte`` of a token. Where one
    goes, or the types of tokens have other names, ``trees_are_known`` sees it, and the caller takes what the header
    object shows: there names with a comma stand in quotes as well, but comments and quoted-pairs may be lost.
    """
    tree = getattr(header, "_parse_tree", None)  # that of a date which cannot be read is empty
    return _of_tokens(tree) if tree and trees_are_known() else None


@functools.cache
def trees_are_known():
    """Is the tree of a value, put together, that value?  Tried once, for a value with one token of each kind."""
    try:
        tree = HeaderRegistry()("To", _PROBE)._parse_tree
        return _of_tokens(tree) == _PROBE
    except Exception:
        return False


def _of_tokens(tree):
    """What a parse tree was made of. The trees of comments are as deep as these, so this does not recurse."""
    pieces = []
    todo = [(tree, "")]
    while todo:
        token, quoted = todo.pop()  # what stands in brackets of its own, and the characters that are quoted there
        kind = getattr(token, "token_type", None)
        if isinstance(token, str):
            # White space between encoded-words is not part of the text, and pickle loses it; but they must not touch.
            text = str.__str__(token) or (" " if kind == "fws" else "")
            pieces.append(_quote(text, quoted))
        elif kind == "encoded-word":
            pieces.append(_quote(_source_of_encoded_word(token), quoted))
        elif kind in _BRACKETS:
            opening, closing, specials = _BRACKETS[kind]
            todo.append((closing, ""))
            todo.extend((child, specials) for child in reversed(token))
            todo.append((opening, ""))
        else:
            todo.extend((child, quoted) for child in reversed(token))
    return "".join(pieces)


def _quote(text, specials):
    """The text with a backslash before each of the specials: quoted-pairs (RFC 5322, 3.2.1)."""
    return re.sub(f"([{re.escape(specials)}])", r"\\\1", text) if specials else text


def _source_of_encoded_word(token):
    found = _encoded_word.match(getattr(token, "cte", None) or "")
    return found[0] if found else _line_end.sub(" ", str(token))


# --- email.header.Header -------------------------------------------------------------------------

#: For octets of a charset that nobody knows: under this name Header leaves their surrogates as they are.
OCTETS = email.charset.Charset("x-octets")


def with_octets(header):
    """A copy of an ``email.header.Header`` whose text has surrogates (PEP 383) for octets of no known charset, and its
    chunks, (str, Charset) each.

    A Header has them in ``_chunks``. Where that goes, the text has U+FFFD for such octets, there are no chunks, and the
    core encodes all text itself.
    """
    chunks = getattr(header, "_chunks", None)
    if chunks is None:
        return header, []
    header = copy.copy(header)
    header._chunks = [(text, OCTETS if charset == email.charset.UNKNOWN8BIT else charset) for text, charset in chunks]
    return header, header._chunks


# --- policies ------------------------------------------------------------------------------------

#: What ``fold`` and ``fold_binary`` of an EmailPolicy call. Users override it, so ours call it, too. Where CPython calls
#: it no more, ours still do, and ``install()`` gives it to EmailPolicy.
FOLD = "_fold"


def settings_of(policy):
    """The settings (dict) that an instance of a policy's class has for itself.

    They are its ``__dict__``, of which ``clone()`` and ``+`` make the next one. Where it has none, all its settings
    are taken for its own.
    """
    own = getattr(policy, "__dict__", None)
    if own is not None:
        return dict(own)
    found = {name: getattr(policy, name) for name in dir(type(policy)) if not name.startswith("_")}
    return {name: value for name, value in found.items() if name == "header_factory" or not callable(value)}


def names_of_settings(policy):
    """The names of the ``settings_of`` a policy, in whatever iterates over them: its ``__dict__`` where it has one."""
    own = getattr(policy, "__dict__", None)
    return settings_of(policy) if own is None else own


# --- messages ------------------------------------------------------------------------------------


def raw_fields(message):
    """The fields of a message as it keeps them, (name, value) each; by ``raw_items()``, which is for generators.

    Where that goes, they are as the message's policy hands them out.
    """
    raw_items = getattr(message, "raw_items", message.items)
    return list(raw_items())


def add_raw_field(message, name, value):
    """Add a field to a message, its value as the policy's ``header_store_parse`` made it; by ``set_raw()``, which is for
    parsers.

    Where that goes, the policy is asked again, and takes what it made as it is.
    """
    set_raw = getattr(message, "set_raw", message.__setitem__)
    set_raw(name, value)


def payload_of(message):
    """What a message keeps for its payload: a str with surrogates for octets, a list of parts, or None; by ``_payload``.

    Where that goes, there is an object that is none of these, and the standard library's generator writes the message.
    """
    return getattr(message, "_payload", message)


def field_list(message):
    """The list in which a message keeps its fields, (name, value) each; by ``_headers``. A boundary makes a new list.

    None where that goes: then a message of ours sets fields as another does, and keeps boundaries when writing fails.
    """
    return getattr(message, "_headers", None)


def fields_of(message):
    """The fields of a message for who only looks at them: its ``field_list``, or where that goes its ``raw_fields``."""
    fields = field_list(message)
    return raw_fields(message) if fields is None else fields


def set_field_list(message, fields):
    """Give a message the ``field_list`` of another one, or the one that it had."""
    message._headers = fields
