"""One process: import Flask-Mail and msgidpolicy in an order, send a message, print what arrived.

    python flask_mail_sender.py ORDER CLASS …

ORDER is a key of ORDERS or of WAYS, CLASS ``flask_mail.Message`` or ``msgidpolicy.Message``. Prints JSON, a
line for each CLASS: the fields that the server received, [name, wire] each, and what each was meant to be.
"""

import importlib
import json
import sys

ORDERS = {
    "flask_mail, msgidpolicy": "import flask_mail, msgidpolicy; flask_mail.message_policy = msgidpolicy.SMTP",
    "msgidpolicy, flask_mail": "import msgidpolicy, flask_mail; flask_mail.message_policy = msgidpolicy.SMTP",
    "from msgidpolicy import SMTP, flask_mail": (
        "from msgidpolicy import SMTP; import flask_mail; flask_mail.message_policy = SMTP"
    ),
    "flask_mail, from msgidpolicy import SMTP": (
        "import flask_mail; from msgidpolicy import SMTP; flask_mail.message_policy = SMTP"
    ),
    "from flask_mail import Message, msgidpolicy": (
        "from flask_mail import Message; import msgidpolicy, flask_mail; flask_mail.message_policy = msgidpolicy.SMTP"
    ),
    "flask_mail, name set, msgidpolicy": (
        "import flask_mail, email.policy; flask_mail.message_policy = email.policy.default;"
        "import msgidpolicy; flask_mail.message_policy = msgidpolicy.SMTP"
    ),
    "is it installed?": (
        "import msgidpolicy, importlib.util; assert importlib.util.find_spec('flask_mail');"
        "import flask_mail; flask_mail.message_policy = msgidpolicy.SMTP"
    ),
    "is it installed? asked of its package": (
        "import msgidpolicy, pkgutil; assert 'flask_mail' in {module.name for module in pkgutil.iter_modules()};"
        "pkgutil.resolve_name('flask_mail').message_policy = msgidpolicy.SMTP"
    ),
    "loaded again": (
        "import flask_mail, msgidpolicy, importlib; importlib.reload(flask_mail); importlib.reload(flask_mail);"
        "flask_mail.message_policy = msgidpolicy.SMTP"
    ),
    "forgotten and imported again": (
        "import msgidpolicy, flask_mail, sys; del sys.modules['flask_mail'];"
        "import flask_mail; flask_mail.message_policy = msgidpolicy.SMTP"
    ),
    "forgotten when our class was there": (
        "import msgidpolicy, flask_mail, sys; msgidpolicy.Message; del sys.modules['flask_mail'];"
        "import flask_mail; flask_mail.message_policy = msgidpolicy.SMTP"
    ),
    "imported first where sys.modules is patched": """
import msgidpolicy, sys, unittest.mock
with unittest.mock.patch.dict(sys.modules):
    import flask_mail
import flask_mail
flask_mail.message_policy = msgidpolicy.SMTP
""",
    "loaded lazily": """
import msgidpolicy, sys, importlib.util
spec = importlib.util.find_spec("flask_mail")
spec.loader = importlib.util.LazyLoader(spec.loader)
sys.modules["flask_mail"] = flask_mail = importlib.util.module_from_spec(spec)
spec.loader.exec_module(flask_mail)
flask_mail.message_policy = msgidpolicy.SMTP
""",
    "another package wraps the class": """
import flask_mail

class Message(flask_mail.Message):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)

flask_mail.Message = Message
import msgidpolicy
flask_mail.message_policy = msgidpolicy.SMTP
""",
    "unset": "import flask_mail, msgidpolicy",
}
#: Rarer ways to find and load a module; the name is set after the last of them, and both classes are sent.
WAYS = {
    "find_spec asks about a module that is loaded": """
import importlib.util
import msgidpolicy, flask_mail
assert importlib.util.find_spec("flask_mail") is flask_mail.__spec__
for finder in sys.meta_path:
    finder.find_spec("flask_mail", None, flask_mail)
importlib.reload(flask_mail)
""",
    "pkgutil loads it": """
import pkgutil
import msgidpolicy
try: pkgutil.get_data("flask_mail", "no such file")
except OSError: pass
assert "flask_mail" in sys.modules
""",
    "reload after our class was made": """
import importlib
import msgidpolicy, flask_mail
assert issubclass(msgidpolicy.Message, flask_mail.Message)
importlib.reload(flask_mail)
""",
    "a second import after our class was made": """
import flask_mail, msgidpolicy
msgidpolicy.Message
msgidpolicy.flask_mail
del sys.modules["flask_mail"]
import flask_mail
from msgidpolicy.flask_mail import Message
assert Message is msgidpolicy.Message is msgidpolicy.flask_mail.Message
""",
    "a second import that is forgotten": """
import unittest.mock
import msgidpolicy, flask_mail
first = msgidpolicy.Message
with unittest.mock.patch.dict(sys.modules):
    del sys.modules["flask_mail"]
    import flask_mail
    assert msgidpolicy.Message is not first
assert msgidpolicy.Message is first
""",
    "a second import of msgidpolicy": """
import msgidpolicy
for name in [name for name in sys.modules if name.startswith("msgidpolicy")]:
    del sys.modules[name]
import msgidpolicy
""",
    "a first import of msgidpolicy that is forgotten": """
import unittest.mock
with unittest.mock.patch.dict(sys.modules):
    import msgidpolicy
import flask_mail
""",
    "a lazy loader before msgidpolicy": """
import importlib.util
spec = importlib.util.find_spec("flask_mail")
spec.loader = importlib.util.LazyLoader(spec.loader)
flask_mail = sys.modules["flask_mail"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(flask_mail)
import msgidpolicy
""",
    "a finder that asks all finders": """
import importlib.util
import msgidpolicy
class Finder:
    asking = False
    def find_spec(self, name, path=None, target=None):
        if name != "flask_mail" or self.asking:
            return None
        self.asking = True
        try: return importlib.util.find_spec(name)
        finally: self.asking = False
sys.meta_path.insert(0, Finder())
sys.meta_path.insert(2, Finder())
""",
    "a loader of many modules": """
import importlib.abc, importlib.machinery, importlib.util, types
import msgidpolicy
class Loader(importlib.abc.Loader):  # as the one of an archive
    __slots__ = ()
    def exec_module(self, module):
        if module.__name__ == "flask_mail":
            spec = importlib.machinery.PathFinder.find_spec("flask_mail")
            exec(spec.loader.get_code("flask_mail"), vars(module))
loader = Loader()
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name in ("flask_mail", "other"):
            return importlib.util.spec_from_loader(name, loader)
sys.meta_path.insert(1, Finder())
import other
""",
    "another thread that is importing it": """
import importlib.machinery, threading
begun, end = threading.Event(), threading.Event()
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "blinker":
            begun.set()
            end.wait(60)
sys.meta_path.insert(0, Finder())
thread = threading.Thread(target=__import__, args=["flask_mail"])
thread.start()
begun.wait(60)
threading.Timer(0.2, end.set).start()
import msgidpolicy
thread.join()
""",
    "a method that somebody has wrapped": """
import functools
import flask_mail
build = flask_mail.Message._message
flask_mail.Message._message = functools.wraps(build)(lambda self: build(self))
import msgidpolicy
""",
}
LONG_ID = f"<{'x' * 100}@mail.example.com>"
MEANT = {
    "Subject": "[SOS-1477030] Commande arrière connecté, pour le feu arrière d'un vélo électrique à Genève",
    "From": "Ann Author <ann@example.com>",
    "To": "bob@example.org",
    "Message-ID": LONG_ID,
    "In-Reply-To": LONG_ID,
    "References": " ".join(f"<{number}.{'0123456789abcdef' * (number % 6)}@example.com>" for number in range(30)),
    "List-Unsubscribe": f"<https://lists.example.com/{'u' * 300}>",
}


def load_by(way):
    """Load Flask-Mail in that way, set the name, and see that nothing has been left behind."""
    exec(way, {"sys": sys})
    import flask_mail

    import msgidpolicy

    flask_mail.message_policy = msgidpolicy.SMTP
    finders = [finder for finder in sys.meta_path if type(finder).__module__.startswith("msgidpolicy")]
    assert len(finders) == 1, finders
    loader = flask_mail.__spec__.loader
    assert loader is flask_mail.__loader__ and not type(loader).__module__.startswith("msgidpolicy"), loader
    assert issubclass(msgidpolicy.Message, flask_mail.Message)
    assert isinstance(msgidpolicy.Message(sender="a@b.example"), flask_mail.Message)


def send(class_name):
    """The fields, (name, wire) each, that a server receives of a message of that class."""
    import flask
    import flask_mail
    from whole_mail import fields_of

    from msgidpolicy.demo import Server

    module, _, name = class_name.partition(".")
    message_class = getattr(importlib.import_module(module), name)
    with Server() as server:
        app = flask.Flask("sender")
        app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=server.port)
        mail = flask_mail.Mail(app)
        with app.app_context():
            message = message_class(
                MEANT["Subject"],
                recipients=[MEANT["To"]],
                body="text",
                sender=MEANT["From"],
                extra_headers={name: MEANT[name] for name in ("In-Reply-To", "References", "List-Unsubscribe")},
            )
            message.msgId = MEANT["Message-ID"]
            mail.send(message)
    return [(field.name, field.octets.decode("latin-1")) for field in fields_of(server.received[0])]


def main(order, *class_names):
    if order in ORDERS:
        exec(ORDERS[order], {})
    else:
        load_by(WAYS[order])
    for class_name in class_names:
        print(json.dumps({"fields": send(class_name), "meant": MEANT}))


if __name__ == "__main__":
    main(*sys.argv[1:])
