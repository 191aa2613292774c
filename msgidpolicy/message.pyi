import email.message
from email.policy import Policy
from typing import Any

class EmailMessage(email.message.EmailMessage):
    def __init__(self, policy: Policy[Any] | None = None) -> None: ...
