"""What is looked for in a mail: each rule with its severity, and where it is written.

The word before the first hyphen, or the two before the second, name a group: ``--select msg-id`` stands for all rules of
msg-ids. Each rule has a page in ``docs/check``, whose first example is a mail that breaks this rule alone.
"""

from collections import Counter
from difflib import get_close_matches
from typing import NamedTuple

ERROR, WARNING, NOTE = SEVERITIES = ("error", "warning", "note")


class Rule(NamedTuple):
    """A rule.

    Attributes:
        name (str): as it is given to ``--select``.
        severity (str): "error" where a receiver rejects or misreads it, "warning" where the RFCs say SHOULD or a spam filter
            counts it against the mail, or "note".
        reason (str): what is wrong with a mail that breaks it.
        clause (str): where that is written.
    """

    name: str
    severity: str
    reason: str
    clause: str


_ALL = [
    Rule("line-too-long", ERROR, "a line over 998 octets", "RFC 5322, 2.1.1"),
    Rule("line-over-limit", WARNING, "a line over 78 columns, with white space to fold at", "RFC 5322, 2.1.1"),
    Rule("line-empty-first", WARNING, "nothing but the name on the first line of a field", "RFC 5536, 2.2"),
    Rule("line-blank", ERROR, "a continuation line of white space alone", "RFC 5322, 3.2.2"),
    Rule("line-blank-at-end", NOTE, "white space before a fold", "RFC 5322, 3.2.2"),
    Rule("line-no-field", ERROR, "a line that is no field, and does not go on with one", "RFC 5322, 2.2"),
    Rule("line-no-space", WARNING, "no white space after the colon", "RFC 5322, 3.6"),
    Rule("line-space-before-colon", WARNING, "white space between the name and the colon", "RFC 5322, 4.5"),
    Rule("octet-nul", ERROR, "a NUL", "RFC 5322, 4"),
    Rule("octet-control", ERROR, "a control character", "RFC 5322, 2.2"),
    Rule("octet-bare-cr", ERROR, "a CR without LF", "RFC 5322, 2.3"),
    Rule("octet-bare-lf", ERROR, "a LF without CR", "RFC 5322, 2.3"),
    Rule("octet-8bit", ERROR, "octets that are not US-ASCII", "RFC 5322, 2.2"),
    Rule("octet-not-utf8", ERROR, "octets that are not UTF-8", "RFC 6532, 3.1"),
    Rule("encoded-word-too-long", ERROR, "an encoded-word over 75 octets", "RFC 2047, 2"),
    Rule("encoded-word-blank", ERROR, "white space inside an encoded-word", "RFC 2047, 2"),
    Rule("encoded-word-empty", ERROR, "an empty encoded-word", "RFC 2047, 2"),
    Rule("encoded-word-undecodable", ERROR, "an encoded-word that cannot be decoded", "RFC 2047, 2"),
    Rule("encoded-word-split", ERROR, "a character cut in two by encoded-words", "RFC 2047, 5"),
    Rule("encoded-word-glued", ERROR, "an encoded-word without white space around it", "RFC 2047, 5"),
    Rule("encoded-word-padding", ERROR, "padding before the end of a run of encoded-words", "RFC 2047, 6.2"),
    Rule("encoded-word-line", WARNING, "a line with an encoded-word over 76 columns", "RFC 2047, 2"),
    Rule("encoded-word-needless", NOTE, "an encoded-word for what is plain US-ASCII", "RFC 2047, 1"),
    Rule("encoded-word-look-alike", ERROR, "text that looks like an encoded-word, or has =? beside one", "RFC 2047, 7"),
    Rule("encoded-word-in-quotes", ERROR, "an encoded-word inside a quoted-string", "RFC 2047, 5 (3)"),
    Rule("encoded-word-in-address", ERROR, "an encoded-word inside an address", "RFC 2047, 5 (3)"),
    Rule("encoded-word-in-parameter", ERROR, "an encoded-word in a parameter", "RFC 2047, 5 (3)"),
    Rule("encoded-word-in-token", ERROR, "an encoded-word where none may stand", "RFC 2047, 5 (3)"),
    Rule("msg-id-encoded", ERROR, "an encoded-word in the place of a msg-id", "RFC 5322, 3.6.4"),
    Rule("msg-id-folded", ERROR, "white space or a fold inside a msg-id", "RFC 5322, 3.6.4"),
    Rule("msg-id-brackets", ERROR, "a msg-id without angle brackets", "RFC 5322, 3.6.4"),
    Rule("msg-id-syntax", ERROR, "a msg-id that is not <left@right>", "RFC 5322, 3.6.4"),
    Rule("msg-id-domain", WARNING, "a msg-id of a domain that is nobody's", "RFC 5322, 3.6.4"),
    Rule("msg-id-too-long", WARNING, "a msg-id over 250 octets", "RFC 5536, 3.1.3"),
    Rule("msg-id-comma", ERROR, "a comma between two msg-ids", "RFC 5322, 3.6.4"),
    Rule("msg-id-glued", NOTE, "no white space between two msg-ids", "RFC 5322, 3.6.4"),
    Rule("msg-id-second-line", ERROR, "a msg-id that begins on the second line", "RFC 5536, 2.2"),
    Rule("address-none", ERROR, "a field of addresses without an address", "RFC 5322, 3.6.3"),
    Rule("address-folded", ERROR, "a fold inside an address", "RFC 5322, 3.4.1"),
    Rule("address-quotes-folded", NOTE, "a fold inside a quoted-string", "RFC 5322, 3.2.4"),
    Rule("address-syntax", ERROR, "an address that is not local-part@domain", "RFC 5322, 3.4.1"),
    Rule("date-invalid", ERROR, "a date that is none", "RFC 5322, 3.3"),
    Rule("date-weekday", WARNING, "a day of the week that is not the date's", "RFC 5322, 3.3"),
    Rule("parameter-no-type", ERROR, "no media type, or no disposition, before the parameters", "RFC 2045, 5.1"),
    Rule("parameter-no-value", ERROR, "a parameter without a value", "RFC 2045, 5.1"),
    Rule("parameter-unquoted", ERROR, "a value with blanks or specials that is not in quotes", "RFC 2045, 5.1"),
    Rule("parameter-sections", WARNING, "a parameter in more than ten sections", "RFC 2231, 3"),
    Rule("list-brackets", WARNING, "something of a List field outside of angle brackets", "RFC 2369, 2"),
    Rule("list-field-twice", WARNING, "a List field twice", "RFC 2369, 3"),
    Rule("message-no-from", ERROR, "no From", "RFC 5322, 3.6"),
    Rule("message-no-date", ERROR, "no Date", "RFC 5322, 3.6"),
    Rule("message-no-message-id", ERROR, "no Message-ID", "RFC 5322, 3.6.4"),
    Rule("message-field-twice", ERROR, "a field twice that may be there once", "RFC 5322, 3.6"),
    Rule("part-field-twice", ERROR, "a field of MIME twice in a header", "RFC 2045, 3"),
    Rule("part-no-boundary", ERROR, "a multipart without a boundary", "RFC 2046, 5.1.1"),
    Rule("part-boundary-absent", ERROR, "a boundary that never comes", "RFC 2046, 5.1.1"),
    Rule("part-unclosed", ERROR, "a multipart whose last boundary is missing", "RFC 2046, 5.1.1"),
    Rule("part-encoding", ERROR, "a multipart or message that is encoded", "RFC 2045, 6.4"),
    Rule("part-encoding-unknown", ERROR, "a Content-Transfer-Encoding that nobody knows", "RFC 2045, 6.4"),
    Rule("body-line-too-long", ERROR, "a line over 998 octets in a body", "RFC 5322, 2.1.1"),
    Rule("body-encoded-line", NOTE, "a line over 76 characters in a body that is encoded", "RFC 2045, 6.8"),
    Rule("body-8bit", ERROR, "octets that are not US-ASCII in a body that says 7bit", "RFC 2045, 6.2"),
    Rule("body-base64", ERROR, "a body that is not base64", "RFC 2045, 6.8"),
    Rule("body-quoted-printable", ERROR, "a body that is not quoted-printable", "RFC 2045, 6.7"),
]

RULES = {rule.name: rule for rule in _ALL}


def chosen(select=(), ignore=(), severity=NOTE):
    """The names of the rules that are asked for.

    Args:
        select (iterable of str): rules or groups; empty for all.
        ignore (iterable of str): rules or groups that are left out of these.
        severity (str): the least that counts.

    Raises:
        ValueError: there is no such rule, group or severity.
        TypeError: a str is given for several rules, or something else than a str for one.
    """
    for option, choice in (("select", select), ("ignore", ignore)):
        if isinstance(choice, (str, bytes)) or not hasattr(choice, "__iter__"):
            raise TypeError(f"{option} must be several rules, not {type(choice).__name__}")
    if severity not in SEVERITIES:
        raise ValueError(f"no such severity: {severity!r}; there are {', '.join(SEVERITIES)}")
    names = _named(select) if select else set(RULES)
    least = SEVERITIES.index(severity)
    return {name for name in names - _named(ignore) if SEVERITIES.index(RULES[name].severity) <= least}


def _named(choice):
    names = set()
    for word in choice:
        if not isinstance(word, str):
            raise TypeError(f"a rule must be str, not {type(word).__name__}")
        found = {name for name in RULES if name == word or name.startswith(word + "-")}
        if not found:
            raise ValueError(f"no such rule: {word}{_near(word)}")
        names |= found
    return names


def _near(word):
    groups = Counter(name.rpartition("-")[0] for name in RULES)
    names = [*RULES, *(group for group, rules in groups.items() if rules > 1)]
    near = get_close_matches(word, names) or sorted(name for name in RULES if word and word in name)
    return f"; near it: {', '.join(near)}" if near else ""
