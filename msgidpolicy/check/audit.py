"""What is wrong with a mail."""

import functools
from typing import NamedTuple

from ._faults import addresses, bodies, dates, encoded_words, lines, lists, messages, msg_ids, parameters, parts
from ._faults.effects import EFFECTS
from ._faults.senders import sender_of
from ._mail.field import LINE_OCTETS
from ._mail.mail import Mail
from ._mail.message_octets import octets_of
from ._mending.mend import mended
from .finding import Finding
from .rule import RULES, chosen

_OF_FIELDS = (lines, encoded_words, msg_ids, addresses, dates, parameters, lists)
_FIELD_CHECKS = [check for module in _OF_FIELDS for check in module.FIELD_CHECKS]
_ENTITY_CHECKS = [check for module in (messages, parts, bodies) for check in module.ENTITY_CHECKS]


class Options(NamedTuple):
    """What the checks have to know beside the mail.

    Attributes:
        limit (int): columns of a line that may be folded.
        utf8 (bool): the mail goes by SMTPUTF8 (RFC 6532).
    """

    limit: int = 78
    utf8: bool = False


def options_of(max_line_length, utf8):
    """The options as ``audit`` is given them.

    Raises:
        TypeError: the columns are no int.
    """
    if not isinstance(max_line_length, (int, type(None))):
        raise TypeError(f"max_line_length must be int, not {type(max_line_length).__name__}")
    return Options(max_line_length or LINE_OCTETS, utf8)


def audit(message, *, select=(), ignore=(), severity="note", max_line_length=78, utf8=False):
    """What is wrong with a mail: its header, the headers of its parts and of messages in it, and its bodies.

    What is nested more than 100 deep is not looked at. Of a message that came back in a report (RFC 6522) nothing is said
    that is so because it was cut.

    Args:
        message (bytes, str or message object): with line ends of CRLF, as it goes over the wire, or LF, as a file has it.
        select (iterable of str): rules, or groups of them, that are looked for; empty for all.
        ignore (iterable of str): rules or groups that are not.
        severity (str): the least that counts: "error", "warning" or "note".
        max_line_length (int): columns beyond which a line has to be folded; 0 for 998 octets.
        utf8 (bool): the message goes by SMTPUTF8, so its fields may be UTF-8 (RFC 6532).

    Returns:
        list of Finding: in the order of the lines; empty when nothing is wrong. What breaks a rule more than once in a
        field, or in a body, is one finding, which says how often.

    Raises:
        ValueError: there is no such rule or severity.
        TypeError: the message, or an option, is of another type.
    """
    names = chosen(select, ignore, severity)
    options = options_of(max_line_length, utf8)
    return [finding for finding, _ in examined(Mail(octets_of(message)), options, names)]


def examined(mail, options, names):
    """What is wrong with a Mail by these rules (set of str): pairs of a Finding, and the Field it is in or None."""
    found = _faults(mail, options, names)
    return list(zip(_Places(mail, _mended(found, options, names)).findings(found), [field for _, _, field, _ in found]))


def _mended(found, options, names):
    """What each field with a fault is mended to, by where it starts."""

    def broken(field, options):
        return {fault.rule for fault in _of_field(field, options)} & names

    fields = {}
    for _, _, field, entity in found:
        if field and field.start not in fields:
            its_options = _of_entity_alone(options, entity)
            rules_of = functools.partial(broken, options=its_options)
            fields[field.start] = mended(field, rules_of(field), its_options, rules_of)
    return fields


def _of_entity_alone(options, entity):
    """The options for the fields of an entity."""
    return options._replace(utf8=True) if entity.is_utf8 else options


def _faults(mail, options, names):
    """The first fault of each rule in each field, and in each entity beside its fields: (fault, how many, field, entity)."""
    found = []
    for entity in mail.entities:
        its_options = _of_entity_alone(options, entity)
        for field in entity.fields:
            found += _counted(_of_field(field, its_options), names, entity)
        found += _counted(_of_entity(mail, entity, its_options), names, entity)
    return sorted(found, key=lambda item: item[0].start)


def _of_field(field, options):
    for check in _FIELD_CHECKS:
        yield from check(field, options)


def _of_entity(mail, entity, options):
    for check in _ENTITY_CHECKS:
        yield from check(mail, entity, options)


def _counted(faults, names, entity):
    first, count = {}, {}
    for fault in faults:
        if fault.rule in names:
            key = fault.rule, entity.field_at(fault.start)
            first.setdefault(key, fault)
            count[key] = count.get(key, 0) + 1
    return [(fault, count[rule, field], field, entity) for (rule, field), fault in first.items()]


class _Places:
    """Where offsets are, as lines; they are asked for in their order, so that each octet is looked at once.

    A line ends at each LF, be that right or not, as in an editor.
    """

    def __init__(self, mail, mended_fields):
        self._mail, self._mended = mail, mended_fields
        self._line, self._start, self._end = 1, 0, self._end_of(0)

    def findings(self, found):
        return [self._finding(*item) for item in found]

    def _end_of(self, start):
        """The offset after a line, but for its end where that is right."""
        octets, line_end = self._mail.octets, self._mail.line_end
        after = octets.find(b"\n", start) + 1 or len(octets)
        return after - len(line_end) if octets.endswith(line_end, start, after) else after

    def _go_to(self, offset):
        octets = self._mail.octets
        after = octets.rfind(b"\n", self._start, offset) + 1
        if after:
            self._line += octets.count(b"\n", self._start, after)
            self._start, self._end = after, self._end_of(after)

    def _finding(self, fault, count, field, entity):
        rule = RULES[fault.rule]
        self._go_to(fault.start)
        octets, mended_rules = field and self._mended.get(field.start) or (None, ())
        return Finding(
            rule=rule.name,
            severity=rule.severity,
            line=self._line,
            field=field.name if field else "",
            part=entity.number_at(fault.start),
            octets=self._mail.octets[self._start : self._end],
            start=fault.start - self._start,
            end=max(min(fault.end, self._end), fault.start) - self._start,
            reason=fault.reason or rule.reason,
            clause=rule.clause,
            effect=EFFECTS.get(rule.name, ()),
            sender=sender_of(self._mail, entity, field, rule.name),
            was=field.octets if field else b"",
            mended=octets if fault.rule in mended_rules else None,
            count=count,
        )
