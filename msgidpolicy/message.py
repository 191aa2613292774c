"""A message that is folded right from the start, and written without the standard library's generator."""

import email.message

from . import _core
from .cpython import field_list, payload_of, set_field_list
from .policy import SMTP, MsgIdPolicy
from .registry import FieldRegistry
from .tree import Tree, UnusualError

_set_field = _core.set_field


class EmailMessage(email.message.EmailMessage):
    """An ``email.message.EmailMessage`` whose policy is ``msgidpolicy.SMTP`` unless another one is given.

    It has all that EmailMessage has, and is as any to ``smtplib`` and other programs. ``as_bytes()`` and setting a field are
    many times faster where the policy is a ``MsgIdPolicy``; of a class derived from this one they are as with EmailMessage.

    Args:
        policy (email.policy.Policy): of the message, and of the parts that it makes.
    """

    _headers = None  # what a message has in CPython, see cpython.field_list; where it goes, this stays

    def __init__(self, policy=None):
        super().__init__(SMTP if policy is None else policy)

    def __setitem__(self, name, value):
        """Append a field, as that of EmailMessage.

        Raises:
            ValueError: there are as many fields of this name as RFC 5322, 3.6, allows.
            FieldError: as ``MsgIdPolicy.header_store_parse`` does.
        """
        if not _set_field(self, name, value, MsgIdPolicy, FieldRegistry):
            super().__setitem__(name, value)

    def __contains__(self, name):
        fields = field_list(self)
        if fields is None or type(name) is not str:
            return super().__contains__(name)
        return _core.find_field(fields, name) >= 0

    def clear_content(self):
        """Remove the payload and all fields whose names begin with ``Content-``, as that of EmailMessage."""
        fields = field_list(self)
        if fields is None:
            super().clear_content()
            return
        set_field_list(self, [item for item in fields if item[0][:8].lower() != "content-"])
        super().set_payload(None)

    def as_bytes(self, unixfrom=False, policy=None):
        """The message as octets.

        As with EmailMessage, a multipart without a boundary gets one for good.

        Args:
            unixfrom (bool): begin with the line ``From …`` of a mailbox.
            policy (email.policy.Policy): how it is written; the message's own unless given.

        Returns:
            bytes: the message.

        Raises:
            FieldError: a field that was set cannot be written. The message is as it was.
        """
        if not unixfrom:
            try:
                tree = Tree(self, self.policy if policy is None else policy)
            except UnusualError:
                pass
            else:
                for part, bounded in tree.bounded:
                    _take_boundary(part, bounded)
                return tree.octets
        kept = _field_lists(self)
        try:
            return super().as_bytes(unixfrom, policy)
        except BaseException:
            for part, fields in kept:
                set_field_list(part, fields)
            raise


def _take_boundary(part, bounded):
    fields = field_list(bounded)
    if fields is None:
        part.set_boundary(bounded.get_boundary())
    else:
        set_field_list(part, fields)


def _field_lists(message):
    """For a message and each of its parts, the list in which it keeps its fields."""
    found, todo, seen = [], [message], set()
    while todo:
        part = todo.pop()
        fields = field_list(part)
        if id(part) not in seen and fields is not None:
            seen.add(id(part))
            found.append((part, fields))
            payload = payload_of(part)
            todo.extend(payload if isinstance(payload, list) else ())
    return found
