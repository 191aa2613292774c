from email.headerregistry import BaseHeader

class Field(BaseHeader): ...

class MsgIdField(Field):
    @property
    def message_ids(self) -> tuple[str, ...]: ...
