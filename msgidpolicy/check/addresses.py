"""The addresses of a field."""
from .finding import Fault


def folds(field, options):
    """In an angle-addr a fold may only stand beside its brackets."""
    if field.syntax != "addresses":
        return
    for kind, start, end in field.brackets:
        if kind != "angle":
            continue
        inside = field.body[start + 1 : end].rstrip(b" \t>")
        last = start + 1 + len(inside)
        first = last - len(inside.lstrip(b" \t"))
        if field.line_at(first) != field.line_at(last - 1):
            yield Fault("address-folded", field.place(first), field.place(last - 1) + 1)


FIELD_CHECKS = (folds,)
