"""Which class of header objects a field of a name has."""
import functools
from email import headerregistry

from . import _core
from .header import Field, MsgIdField, view_of

_NAMES_KEPT = 1024


@functools.lru_cache(maxsize=256)
def _class_of(standard, base):
    view = None
    if base is MsgIdField and standard.__module__ == headerregistry.__name__:
        view = 6
    elif base is Field:
        view = view_of(standard)
    members = {} if view is None else {"_view": view}
    return type(f"_{standard.__name__}", (standard, base), members)


@functools.lru_cache(maxsize=1024)
def class_for(name, standard, base):
    """The one class for a name, made of the standard library's and the registry's base class."""
    if base is Field and _core.syntax_of(name) == "msg-ids":
        base = MsgIdField
    return _class_of(standard, base)


def _forgetting(method):
    """A method of dict that changes it, for a map that forgets then: afterwards, or another thread brings back
    what it found before."""

    @functools.wraps(method)
    def change(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        finally:
            self.found.clear()

    return change


class _NameMap(dict):
    """The classes of the standard library's kind that a registry has for names; ``found`` is what the registry
    made of it, until it changes."""

    def __init__(self, *args):
        super().__init__(*args)
        self.found = {}

    __setitem__ = _forgetting(dict.__setitem__)
    __delitem__ = _forgetting(dict.__delitem__)
    __ior__ = _forgetting(dict.__ior__)
    clear = _forgetting(dict.clear)
    pop = _forgetting(dict.pop)
    popitem = _forgetting(dict.popitem)
    setdefault = _forgetting(dict.setdefault)
    update = _forgetting(dict.update)


class FieldRegistry(headerregistry.HeaderRegistry):
    """The standard library's HeaderRegistry, for header objects that keep their value.

    It keeps one class for each kind of field, and what it found for a name until one of its attributes,
    or what is mapped, changes.
    """

    def __init__(
        self,
        base_class=Field,
        default_class=headerregistry.UnstructuredHeader,
        use_default_map=True,
    ):
        super().__init__(base_class, default_class, use_default_map)

    def __setattr__(self, attribute, value):
        if attribute == "registry":
            value = _NameMap(value)
            super().__setattr__("found", value.found)
        super().__setattr__(attribute, value)
        if "found" in self.__dict__:
            self.found.clear()

    def __getitem__(self, name):
        return (self.found.get(name) or self.find(name))[0]

    def __getstate__(self):
        state = {**self.__dict__, "registry": dict(self.registry)}
        del state["found"]
        return state

    def __setstate__(self, state):
        for attribute, value in state.items():
            setattr(self, attribute, value)

    def find(self, name):
        """The class for a name, its view (see ``shown_header``), and its ``max_count``."""
        if len(self.found) >= _NAMES_KEPT:  # names come from mail, too
            self.found.clear()
        lower = name.lower()
        bases = self._bases_for(lower)
        cls = class_for(lower, *bases)
        found = cls, getattr(cls, "_view", None), getattr(cls, "max_count", None)
        self.found[name] = found
        if self._bases_for(lower) != bases:  # another thread has changed what is mapped
            self.found.clear()
        return found

    def _bases_for(self, lower):
        return self.registry.get(lower, self.default_class), self.base_class
