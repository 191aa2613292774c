"""One switch for a process: the policies of ``email.policy`` fold as ours do, whoever holds them and since when."""

import contextlib
import email.policy
import functools
import sys
import threading
from email import headerregistry
from email.policy import HTTP, Compat32, EmailPolicy
from typing import NamedTuple

from . import _core
from .cpython import FOLD, class_in, classes_of, settings_of
from .fold import as_binary, fold_source, folded, without_surrogates
from .header import Field
from .legacy import MsgIdCompat32, as_given, compat32, remembered
from .policy import MsgIdPolicy
from .registry import class_for
from .source import SourceValue

_lock = threading.RLock()
_saved = {}  # what stood in the classes, by class and name; None where nothing did
_OWN_FOLD = ("fold", "fold_binary", "header_store_parse")
_BY_HAND = {
    "apprise": "it asks for lines without a limit (as_string()); they hold 998 octets and no more with install(legacy=True)",
    "envelopes": "it asks for lines without a limit (as_string()); they hold 998 octets and no more with install(legacy=True)",
    "repoze.sendmail": "it encodes fields by itself: smtplib.SMTP.sendmail(…, msgidpolicy.flatten(message))",
    "yagmail": "it asks for lines without a limit (as_string()); they hold 998 octets and no more with install(legacy=True)",
}


class Unreached(NamedTuple):
    """Something that ``install()`` does not change.

    Attributes:
        name (str): a class of policies, or a package.
        instead (str): why, and what to write.
    """

    name: str
    instead: str


class Installation(NamedTuple):
    """What ``install()`` has done.

    Attributes:
        legacy (bool): messages of the older kind are folded as well.
        unreached (tuple of Unreached): what is loaded and goes its own way.
    """

    legacy: bool
    unreached: tuple

    def __str__(self):
        lines = ["msgidpolicy folds what email.policy's policies" + (", compat32 too," if self.legacy else "") + " would fold."]
        lines += [f"Not reached: {name}: {instead}" for name, instead in self.unreached]
        return "\n".join(lines)


def install(*, legacy=False):
    """Have every ``email.policy.EmailPolicy`` of this process fold as ``msgidpolicy.MsgIdPolicy`` does.

    The class is changed in place, so that policies that were bound or cloned before are reached, messages made with
    them, ``EmailMessage()`` without one, and subclasses with a ``_fold`` of their own, which are still asked.
    ``email.policy.HTTP``, subclasses with a ``fold`` of their own and registries of classes of one's own keep what they
    have. Other interpreters and processes that are started anew are not reached. Once is enough, and twice is once.

    Args:
        legacy (bool): have ``email.policy.Compat32``, the policy of ``email.mime``, fold so as well. It is off because
            programs use that policy also for what is not mail.

    Returns:
        Installation: with what could not be reached.
    """
    with _lock:
        _put(EmailPolicy, _HOOKS)
        _put(headerregistry.HeaderRegistry, {"__getitem__": _registry_item})
        if legacy:
            _put(Compat32, _LEGACY_HOOKS)
        is_legacy = (Compat32, "fold") in _saved
        return Installation(is_legacy, tuple(_unreached(is_legacy)))


def uninstall():
    """Take ``install()`` back: the classes have the identical objects that they had."""
    with _lock:
        for (cls, name), original in _saved.items():
            if original is None:
                delattr(cls, name)
            else:
                setattr(cls, name, original)
        _saved.clear()


@contextlib.contextmanager
def installed(*, legacy=False):
    """``install()`` for a block, of all threads; after it things are as they were before.

    Args:
        legacy (bool): as for ``install()``.

    Yields:
        Installation: what ``install()`` returns.
    """
    with _lock:
        before = {cls for cls, _ in _saved}
        installation = install(legacy=legacy)
    try:
        yield installation
    finally:
        with _lock:
            uninstall()
            if before:
                install(legacy=Compat32 in before)


def _put(cls, hooks):
    """Set hooks, each a function of the original, in a class where they are not set yet."""
    for name, hook in hooks.items():
        if (cls, name) not in _saved:
            original = cls.__dict__.get(name)
            _saved[cls, name] = original
            setattr(cls, name, hook(original or _absent))


def _absent(self, *args, **kwargs):
    """Stands for a method that a class of Python's has no more."""
    raise NotImplementedError


# --- the methods of EmailPolicy ------------------------------------------------------------------


class _StandardRegistry(headerregistry.HeaderRegistry):
    """Makes the header objects of the standard library, also while it is changed."""

    __getitem__ = headerregistry.HeaderRegistry.__getitem__


_standard_registry = _StandardRegistry()
_standard_registry.registry = classes_of(EmailPolicy.header_factory)  # the very dict, so that what is mapped later counts
_http = HTTP.clone(header_factory=_standard_registry)


def _but_for_http(hook):
    """A maker of hooks; a hook is called with the original first, and never for ``email.policy.HTTP``, which is no mail."""

    def make(original):
        @functools.wraps(original)
        def method(self, *args, **kwargs):
            if self is HTTP or self is _http:
                return original(_http, *args, **kwargs)
            return hook(original, self, *args, **kwargs)

        return method

    return make


def _fold(original, self, name, value, refold_binary=False):
    return folded(self, name, value)


def _fold_as_str(original, self, name, value):
    return without_surrogates(getattr(self, FOLD)(name, value, refold_binary=True))


def _fold_binary(original, self, name, value):
    if type(self) is EmailPolicy:  # MsgIdPolicy.fold_binary has the same short cuts
        cls = type(value)
        if cls is str or cls is SourceValue:
            return fold_source(self, name, value)
        if getattr(cls, "_view", None) is not None:
            style = self.max_line_length, self.linesep, self.utf8, value._read, False, self.refold_source != "all"
            return _core.fold(value._field_name, value._value, *style, value._known)
    return as_binary(self, getattr(self, FOLD)(name, value, refold_binary=self.cte_type == "7bit"))


def _ours(name):
    """The hook that is the method of MsgIdPolicy."""
    method = MsgIdPolicy.__dict__[name]
    return _but_for_http(lambda original, self, *args, **kwargs: method(self, *args, **kwargs))


_HOOKS = {
    FOLD: _but_for_http(_fold),
    "fold": _but_for_http(_fold_as_str),
    "fold_binary": _but_for_http(_fold_binary),
    "header_store_parse": _ours("header_store_parse"),
    "header_fetch_parse": _ours("header_fetch_parse"),
    "header_source_parse": _ours("header_source_parse"),
}


def _registry_item(original):
    @functools.wraps(original)
    def __getitem__(self, name):
        if self.base_class is not headerregistry.BaseHeader:
            return original(self, name)
        return class_for(name.lower(), class_in(self, name, original), Field)

    return __getitem__


# --- the methods of Compat32 ---------------------------------------------------------------------


def _legacy(method):
    """The hook that folds by MsgIdCompat32, with the settings of the policy."""

    def make(original):
        @functools.wraps(original)
        def fold(self, name, value):
            known = {setting: own for setting, own in settings_of(self).items() if hasattr(MsgIdCompat32, setting)}
            return getattr(compat32.clone(**known), method)(name, value)

        return fold

    return make


def _store(original):
    return functools.wraps(original)(lambda self, name, value: original(self, name, remembered(value)))


def _fetch(original):
    return functools.wraps(original)(lambda self, name, value: original(self, name, as_given(value)))


_LEGACY_HOOKS = {
    "fold": _legacy("fold"),
    "fold_binary": _legacy("fold_binary"),
    "header_store_parse": _store,
    "header_fetch_parse": _fetch,
}


# --- what goes its own way -----------------------------------------------------------------------


def _unreached(is_legacy):
    if not is_legacy:
        yield Unreached(
            "email.policy.compat32",
            "the policy of email.mime: msgidpolicy.install(legacy=True), MIMEText(…, policy=msgidpolicy.compat32),"
            " or msgidpolicy.flatten(message)",
        )
    for cls in _subclasses(email.policy.Policy):
        own = [name for name in _OWN_FOLD if name in cls.__dict__]
        if own and cls.__module__.partition(".")[0] not in ("email", __package__):
            base = "MsgIdPolicy" if issubclass(cls, EmailPolicy) else "MsgIdCompat32"
            instead = f"it has its own {' and '.join(own)}: derive it from msgidpolicy.{base}"
            yield Unreached(f"{cls.__module__}.{cls.__qualname__}", instead)
    for name, instead in _BY_HAND.items():
        if name in sys.modules:
            yield Unreached(name, instead)


def _subclasses(cls):
    """Each class that is derived from a class, once, by name."""
    found, todo = set(), [cls]
    while todo:
        for derived in todo.pop().__subclasses__():
            if derived not in found:
                found.add(derived)
                todo.append(derived)
    return sorted(found, key=lambda derived: (derived.__module__, derived.__qualname__))
