"""Which class of header objects a field of a name has."""

import functools
from email.headerregistry import HeaderRegistry, UnstructuredHeader

from . import _core
from .cpython import classes_of
from .header import Field, MsgIdField, class_of

_NAMES_KEPT = 1024


@functools.lru_cache(maxsize=1024)
def class_for(name, standard, base):
    """The one class for a name, made of the standard library's and the registry's base class."""
    if base is Field and _core.syntax_of(name) == "msg-ids":
        base = MsgIdField
    return class_of(standard, base)


def _forgetting(method):
    """A method of dict that changes it, for a ``_NameMap``, which forgets what was found when it has changed. Before that,
    another thread might find the same again."""

    @functools.wraps(method)
    def change(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        finally:
            self.found.clear()

    return change


class _NameMap(dict):
    """The classes of the standard library's kind that a registry has for names, lower-case; what the registry made of it
    is forgotten when it changes."""

    def __init__(self, classes, found):
        super().__init__(classes)
        self.found = found

    __setitem__ = _forgetting(dict.__setitem__)
    __delitem__ = _forgetting(dict.__delitem__)
    __ior__ = _forgetting(dict.__ior__)
    clear = _forgetting(dict.clear)
    pop = _forgetting(dict.pop)
    popitem = _forgetting(dict.popitem)
    setdefault = _forgetting(dict.setdefault)
    update = _forgetting(dict.update)


class _Found(dict):
    """What a registry found for each name, as it is spelled: the class of header objects, its view (see
    ``shown_header``), and its ``max_count``. A name that is not there is looked for."""

    def __init__(self, find):
        super().__init__()
        self.find = find

    def __missing__(self, name):
        return self.find(name)


class FieldRegistry(HeaderRegistry):
    """The standard library's HeaderRegistry, for header objects that keep their value.

    It keeps one class for each kind of field, and what it ``found`` for a name until one of its attributes,
    or what is mapped, changes.
    """

    def __init__(
        self,
        base_class=Field,
        default_class=UnstructuredHeader,
        use_default_map=True,
    ):
        self.base_class = base_class
        self.default_class = default_class
        self.registry = classes_of(HeaderRegistry()) if use_default_map else {}

    def map_to_type(self, name, cls):
        """Have fields of a name (str) be header objects of a class, as those of the standard library's registry are.

        Args:
            name (str): the fields' name; case does not count.
            cls (type): the class, one like ``email.headerregistry.UnstructuredHeader``.
        """
        self.registry[name.lower()] = cls

    def __setattr__(self, attribute, value):
        if attribute == "registry":
            found = _Found(self._find)
            super().__setattr__("found", found)
            value = _NameMap(value, found)
        super().__setattr__(attribute, value)
        if "found" in self.__dict__:
            self.found.clear()

    def __getitem__(self, name):
        return self.found[name][0]

    def __getstate__(self):
        state = {**self.__dict__, "registry": dict(self.registry)}
        del state["found"]
        return state

    def __setstate__(self, state):
        for attribute, value in state.items():
            setattr(self, attribute, value)

    def _find(self, name):
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
