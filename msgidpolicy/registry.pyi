from email.headerregistry import BaseHeader, HeaderRegistry
from typing import Any

class FieldRegistry(HeaderRegistry):
    def __init__(
        self,
        base_class: type[BaseHeader] = ...,
        default_class: type[Any] = ...,
        use_default_map: bool = True,
    ) -> None: ...
