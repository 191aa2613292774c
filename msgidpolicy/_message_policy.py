"""``flask_mail.message_policy`` for the versions of Flask-Mail that have lost it.

Flask-Mail 0.9 asks that name of its module for the policy of each message it builds; 0.10 does not.
This puts it back on the class in place, so that every import of ``flask_mail.Message`` has it. Where
the name is not set, nothing changes.
"""
import functools
import importlib.util
import sys

_NAME = "flask_mail"


def install():
    """Put the name back now if Flask-Mail is loaded, else as soon as it is."""
    module = sys.modules.get(_NAME)
    if module is not None and hasattr(module, "Message"):
        put_back(module)
    elif not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def put_back(module):
    """Have a message of Flask-Mail's take the policy ``module.message_policy``, if there is one."""
    build = module.Message._message
    if hasattr(build, "__wrapped__") or "message_policy" in build.__code__.co_names:
        return

    @functools.wraps(build)
    def _message(self):
        message = build(self)
        policy = getattr(module, "message_policy", None)
        if policy:
            message.policy = policy
        return message

    module.Message._message = _message


class _Finder:
    """Finds Flask-Mail where the others do, once, and puts the name back when it has been loaded."""

    def find_spec(self, name, path=None, target=None):
        if name != _NAME:
            return None
        sys.meta_path.remove(self)
        spec = None
        try:
            spec = importlib.util.find_spec(name)
        finally:
            if spec is None or spec.loader is None:
                sys.meta_path.insert(0, self)  # it is not installed, or not yet
        if spec is not None and spec.loader is not None:
            self._follow(spec.loader)
        return spec

    def _follow(self, loader):
        execute = loader.exec_module

        def exec_module(module):
            del loader.exec_module
            try:
                execute(module)
            except BaseException:
                sys.meta_path.insert(0, self)  # the import failed, and may be tried again
                raise
            put_back(module)

        loader.exec_module = exec_module
