from collections.abc import Callable, Sequence
from email.message import Message
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

def fold_messages_of(cls: type[EmailMessage]) -> None: ...
def folded(build: Callable[..., Message[Any, Any]], *args: Any, **kwargs: Any) -> Message[Any, Any]: ...

class EmailBackend(smtp.EmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int: ...
