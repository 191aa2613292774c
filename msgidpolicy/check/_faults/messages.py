"""The fields that a message has to have, and those that it may have once."""

from ..finding import Fault

_NEEDED = {"from": "message-no-from", "date": "message-no-date", "message-id": "message-no-message-id"}
_ONCE = {
    **dict.fromkeys(
        ("date", "from", "sender", "reply-to", "to", "cc", "bcc", "message-id", "in-reply-to", "references", "subject"),
        "message-field-twice",
    ),
    **dict.fromkeys(
        ("list-help", "list-subscribe", "list-unsubscribe", "list-post", "list-owner", "list-archive", "list-id"),
        "list-field-twice",
    ),
}
_ONCE_IN_PARTS = dict.fromkeys(
    (
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "content-id",
        "content-description",
        "content-disposition",
    ),
    "part-field-twice",
)


def missing(mail, entity, options):
    """A message that is attached may be none that was ever sent (RFC 2046, 5.2.1); one that comes back was."""
    if not entity.is_message or entity.parent is not None and not entity.is_returned:
        return
    if entity.is_returned and not entity.is_header_ended and not entity.parent.is_header_alone:
        return  # it was cut in the header
    for name, rule in _NEEDED.items():
        if entity.first(name) is None:
            yield Fault(rule, entity.header_end, entity.header_end)


def repeated(mail, entity, options):
    rules = {**_ONCE, **_ONCE_IN_PARTS} if entity.is_message else _ONCE_IN_PARTS
    for field in entity.fields:
        rule = rules.get(field.name.lower())
        if rule and entity.first(field.name.lower()) is not field:
            yield Fault(rule, field.start, field.start + len(field.name), f"a second {field.name}")


ENTITY_CHECKS = (missing, repeated)
