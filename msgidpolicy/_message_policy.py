"""``flask_mail.message_policy`` for the versions of Flask-Mail that have lost it.

Flask-Mail 0.9 asks that name of its module for the policy of each message it builds; 0.10 does not.
This puts it back on the class in place, so that every import of ``flask_mail.Message`` has it. Where
the name is not set, nothing changes.
"""
import functools
import sys
import threading

from . import _core

_FLASK_MAIL = "flask_mail"
_OUR_CLASS = f"{__package__}.Message"
NEEDS_FLASK_MAIL = "msgidpolicy.Message needs Flask-Mail: pip install 'msgidpolicy[flask]'"


def install():
    """Put the name back now if Flask-Mail is loaded, and whenever it is."""
    put_back(sys.modules.get(_FLASK_MAIL))
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def put_back(module):
    """Have a message of Flask-Mail's take the policy ``module.message_policy``, if there is one.

    Another module of that name, or one that another thread has begun to import, has no such class.
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
                _set_again(message)
        return message

    _message.takes_message_policy = True
    module.Message._message = _message


def _set_again(message):
    """Flask-Mail sets fields before the message has its policy, which then takes them for fields that were read: of
    those it would keep encoded-words over 75 octets, as CPython's ``email.header`` makes them."""
    fields = list(message.raw_items())
    for name, _ in fields:
        del message[name]
    for name, value in fields:
        value = _core.unfold(name, value) if isinstance(value, str) else value
        message.set_raw(*message.policy.header_store_parse(name, value))


class _Finder:
    """Finds Flask-Mail where the others do, and puts the name back whenever it is loaded.

    It stays on ``sys.meta_path``: the module may be looked for before it is imported, and be loaded again; and who
    takes a finder away makes another thread miss one that goes through the list meanwhile.
    """

    def __init__(self):
        self._thread = threading.local()

    def find_spec(self, name, path=None, target=None):
        if name == _OUR_CLASS:  # `from msgidpolicy import Message` looks for a module where there is no such name
            raise ImportError(NEEDS_FLASK_MAIL, name=_FLASK_MAIL)
        if name != _FLASK_MAIL or getattr(self._thread, "is_searching", False):
            return None
        self._thread.is_searching = True
        try:
            spec = self._ask_others(name, path, target)
        finally:
            self._thread.is_searching = False
        if spec is not None and hasattr(spec.loader, "exec_module"):
            _follow(spec.loader)
        return spec

    def _ask_others(self, name, path, target):
        for finder in list(sys.meta_path):
            find_spec = getattr(finder, "find_spec", None)
            spec = find_spec(name, path, target) if find_spec and finder is not self else None
            if spec is not None:
                return spec
        return None


def _follow(loader):
    """Put the name back behind each execution of the module; the loader may be that of others, as an archive's is."""
    execute = loader.exec_module
    if getattr(execute, "puts_back", False):
        return

    @functools.wraps(execute)
    def exec_module(module):
        execute(module)
        if module.__name__ == _FLASK_MAIL:
            put_back(module)

    exec_module.puts_back = True
    loader.exec_module = exec_module
