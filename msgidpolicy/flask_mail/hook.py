"""``flask_mail.message_policy`` for the versions of Flask-Mail that have lost it.

Flask-Mail 0.9 asks that name of its module for the policy of each message it builds; 0.10 does not.
This puts it back on the class in place, so that every import of ``flask_mail.Message`` has it. Where
the name is not set, nothing changes.
"""

import functools
import importlib
import sys
import threading

from ..legacy import set_again

_FLASK_MAIL = "flask_mail"
_OUR_MODULE = f"{__package__}.message"  # the one with our class
_OUR_CLASSES = (f"{__package__}.Message", f"{__package__.partition('.')[0]}.Message")
NEEDS_FLASK_MAIL = 'msgidpolicy.Message needs Flask-Mail: pip install "msgidpolicy[flask]"'


def install():
    """Put the name back now if Flask-Mail is loaded, and whenever it is."""
    if not any(type(finder).__module__ == __name__ for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    if _FLASK_MAIL in sys.modules:
        try:
            module = importlib.import_module(_FLASK_MAIL)  # where a thread is importing it, this waits
        except Exception:
            return  # that import fails as well, or somebody has blocked it
        put_back(module)


def put_back(module):
    """Have a message of Flask-Mail's take the policy ``module.message_policy``, if there is one.

    Another module of that name has no such class.
    """
    build = getattr(getattr(module, "Message", None), "_message", None)
    if build is None or getattr(build, "takes_message_policy", False):
        return

    @functools.wraps(build)
    def _message(self):
        message = build(self)
        policy = getattr(module, "message_policy", None)
        if policy:
            message.policy = policy
            if hasattr(policy, "protected_headers"):
                set_again(message)
        return message

    _message.takes_message_policy = True
    module.Message._message = _message


def _loaded(module):
    """Put the name back on a module that was executed, and let go of a class of ours made for another.

    ``msgidpolicy.Message`` is made of the class that Flask-Mail's module has when it is asked for; where
    the module is imported or executed again, it has another.
    """
    put_back(module)
    ours = getattr(sys.modules.get(_OUR_MODULE), "Message", None)  # None while that is being imported
    if ours and sys.modules.get(_FLASK_MAIL) is module and getattr(module, "Message", None) not in ours.__mro__:
        del sys.modules[_OUR_MODULE]


class _Finder(threading.local):
    """Finds Flask-Mail where the others do, and puts the name back whenever it is loaded.

    It stays on ``sys.meta_path``: the module may be looked for before it is imported, and be loaded again; and who
    takes a finder away makes another thread miss one that goes through the list meanwhile. A finder that asks all
    finders in turn gets to this one again in the same thread, which then finds nothing.
    """

    is_searching = False

    def find_spec(self, name, path=None, target=None):
        if name in _OUR_CLASSES:  # `from msgidpolicy import Message` looks for a module where there is no such name
            raise ImportError(NEEDS_FLASK_MAIL, name=_FLASK_MAIL)
        if name != _FLASK_MAIL or self.is_searching:
            return None
        self.is_searching = True
        try:
            spec = self._ask_others(name, path, target)
        finally:
            self.is_searching = False
        loader = getattr(spec, "loader", None)
        if hasattr(loader, "exec_module"):
            spec.loader = _Loader(loader)
        elif hasattr(loader, "load_module"):
            spec.loader = _OlderLoader(loader)
        return spec

    def _ask_others(self, name, path, target):
        for finder in list(sys.meta_path):
            find_spec = getattr(finder, "find_spec", None)
            spec = find_spec(name, path, target) if find_spec and finder is not self else None
            if spec is not None:
                return spec
        return None


class _Follower:
    """Stands before a loader in a spec, as LazyLoader does, and has all that the loader has.

    The loader itself is not changed: it may be that of many modules, as an archive's is.
    """

    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)


class _Loader(_Follower):
    def exec_module(self, module):
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        _loaded(module)


class _OlderLoader(_Follower):
    """Before one without ``exec_module``, which CPython takes up to 3.14."""

    def load_module(self, name):
        module = self._loader.load_module(name)
        _loaded(module)
        return module
