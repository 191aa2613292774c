"""The msg-ids of a field."""
from .finding import Fault


def folds(field, options):
    if field.syntax != "msg-ids":
        return
    for kind, start, end in field.brackets:
        if kind == "angle" and field.line_at(start) != field.line_at(end - 1):
            yield Fault("msg-id-folded", field.place(start), field.place(end - 1) + 1, "a fold inside a msg-id")


FIELD_CHECKS = (folds,)
