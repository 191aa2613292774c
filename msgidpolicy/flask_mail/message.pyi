import flask_mail

class Message(flask_mail.Message):
    msgId: str
