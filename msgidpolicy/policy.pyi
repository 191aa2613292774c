from collections.abc import Callable, Set
from email.contentmanager import ContentManager
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from typing import Any

from typing_extensions import Self

class MsgIdPolicy(EmailPolicy[EmailMessage]):
    protected_headers: Set[str]
    def __init__(
        self,
        *,
        max_line_length: int | None = ...,
        linesep: str = ...,
        cte_type: str = ...,
        raise_on_defect: bool = ...,
        mangle_from_: bool = ...,
        message_factory: Callable[..., Message[Any, Any]] | None = ...,
        verify_generated_headers: bool = ...,
        utf8: bool = ...,
        refold_source: str = ...,
        header_factory: Callable[[str, Any], Any] = ...,
        content_manager: ContentManager = ...,
        protected_headers: Set[str] = ...,
    ) -> None: ...
    def clone(
        self,
        *,
        max_line_length: int | None = ...,
        linesep: str = ...,
        cte_type: str = ...,
        raise_on_defect: bool = ...,
        mangle_from_: bool = ...,
        message_factory: Callable[..., Message[Any, Any]] | None = ...,
        verify_generated_headers: bool = ...,
        utf8: bool = ...,
        refold_source: str = ...,
        header_factory: Callable[[str, Any], Any] = ...,
        content_manager: ContentManager = ...,
        protected_headers: Set[str] = ...,
    ) -> Self: ...

default: MsgIdPolicy
strict: MsgIdPolicy
SMTP: MsgIdPolicy
SMTPUTF8: MsgIdPolicy
HTTP: EmailPolicy[EmailMessage]
