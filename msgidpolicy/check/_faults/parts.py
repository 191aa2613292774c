"""How a body is said to be divided and encoded, and whether it is."""

from ..finding import Fault

_IDENTITY = ("7bit", "8bit", "binary")
_ENCODINGS = (*_IDENTITY, "base64", "quoted-printable")  # RFC 2045, 6.1


def boundaries(mail, entity, options):
    field = entity.first("content-type")
    if field is None or entity.media_type[0] != "multipart":
        return
    place = field.start, field.start + len(field.octets.rstrip())
    if not entity.boundary:
        yield Fault("part-no-boundary", *place)
    elif entity.is_returned or not entity.is_opened or entity.encoding not in _IDENTITY:
        return  # a message that comes back may have been cut
    elif not entity.boundaries:
        yield Fault("part-boundary-absent", *place)
    elif not entity.is_closed:
        yield Fault("part-unclosed", *place)


def encodings(mail, entity, options):
    """Nothing that is made of entities is encoded, but for what holds UTF-8 (RFC 6532, 3.7; RFC 6533, 6)."""
    field = entity.first("content-transfer-encoding")
    if field is None:
        return
    place = field.start, field.start + len(field.octets.rstrip())
    kind, subtype = entity.media_type
    if entity.encoding not in _ENCODINGS and not entity.encoding.startswith("x-"):
        yield Fault("part-encoding-unknown", *place)
    elif entity.encoding not in _IDENTITY and entity.is_composite and not (kind == "message" and subtype.startswith("global")):
        yield Fault("part-encoding", *place, f"a {kind}/{subtype} that is encoded")


ENTITY_CHECKS = (boundaries, encodings)
