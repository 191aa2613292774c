from email.errors import HeaderParseError, MessageError

class FieldError(MessageError, ValueError):
    name: str
    offset: int
    reason: str
    value: str
    def __init__(self, name: str, offset: int, reason: str, value: str = "") -> None: ...

class LimitError(FieldError, HeaderParseError): ...
