"""One process: import Flask-Mail and msgidpolicy in an order, send a message, print what arrived.

    python flask_mail_sender.py ORDER CLASS

ORDER is a key of ORDERS, CLASS ``flask_mail.Message`` or ``msgidpolicy.Message``. Prints JSON: the
fields that the server received, [name, wire] each, and what each was meant to be.
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


def main(order, class_name):
    exec(ORDERS[order], {})
    import flask
    import flask_mail

    from msgidpolicy.audit import read_fields
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
    fields = [
        (field.name, (b"\r\n".join(field.lines) + b"\r\n").decode("latin-1")) for field in read_fields(server.received[0])
    ]
    print(json.dumps({"fields": fields, "meant": MEANT}))


if __name__ == "__main__":
    main(*sys.argv[1:])
