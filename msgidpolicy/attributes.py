"""What header objects say beside their text: addresses, parameters, dates, read by the core from the value.

The classes of the standard library get these from its parser, which is asked for nothing else than ``defects``
(and its tree): each kind of field has properties here that go before those.
"""

import builtins
import re
from datetime import datetime
from email.headerregistry import Address, Group
from email.utils import format_datetime, parsedate_to_datetime
from types import MappingProxyType

from . import _core
from .source import line_end, stands_for_text

# The numbers of ``mip_view``.
TEXT, ADDRESSES, CONTENT_TYPE, DISPOSITION, DATE, TOKEN, MSG_IDS, VERSION = range(8)
# The numbers of ``mip_part_kind``.
_TYPE, _PARAMETER, _MAILBOX, _GROUP, _END_OF_GROUP = range(5)

_FrozenDict = getattr(builtins, "frozendict", MappingProxyType)  # as the standard library has it
_date_time = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}", re.ASCII)


def _once(read):
    """A property that is read once; what it is stays with the header object, in ``_said``."""

    name = read.__name__

    def get(header):
        said = header.__dict__.setdefault("_said", {})
        if name not in said:
            said.setdefault(name, read(header))  # what the first of several threads has read, all say
        return said[name]

    return property(get, doc=read.__doc__)


# --- addresses -----------------------------------------------------------------------------------


def _address(*texts):
    try:
        return Address(*texts)
    except ValueError:  # a line end that was decoded, which is shown as a blank
        return Address(*[line_end.sub(" ", text) for text in texts])


def groups_of(value):
    """The groups (tuple of Group) of a value; a mailbox outside of one is a Group without a name."""
    found, name, members = [], None, None
    for kind, first, second, third in _core.parts(value, ADDRESSES):
        if kind == _MAILBOX:
            address = _address(first, second, third)
            if members is None:
                found.append(Group(None, (address,)))
            else:
                members.append(address)
        elif kind == _GROUP:
            name, members = first, []
        else:
            found.append(Group(name, members))
            members = None
    return tuple(found)


def _addresses(header):
    """tuple of Address: the mailboxes, those of groups included."""
    return tuple([address for group in header.groups for address in group.addresses])


def _groups(header):
    """tuple of Group: what stands between commas."""
    return groups_of(header._value)


# --- media types, dispositions, transfer encodings -----------------------------------------------


def _type(header):
    (_, first, second, _), *parameters = _core.parts(header._value, header._view)
    params = {name.lower(): value for _, name, value, _ in parameters}
    return first.strip().lower(), second.strip().lower(), params


_read_type = _once(_type).fget


def _maintype(header):
    """str: ``text`` of ``text/plain``, which a value that is no media type stands for."""
    return _read_type(header)[0]


def _subtype(header):
    """str: ``plain`` of ``text/plain``."""
    return _read_type(header)[1]


def _params(header):
    """Mapping of str to str: the parameters, by names in lower case."""
    return _FrozenDict(_read_type(header)[2])


def _content_disposition(header):
    """str: ``attachment``, ``inline`` or another; None where there is none."""
    return _read_type(header)[0] or None


def _cte(header):
    """str: the transfer encoding."""
    return _read_type(header)[0] or "7bit"


# --- versions and dates --------------------------------------------------------------------------


def _number(digits):
    try:
        return int(digits)
    except ValueError:  # none, or more than Python reads
        return None


def _numbers(header):
    ((_, major, minor, _),) = _core.parts(header._value, VERSION)
    major, minor = _number(major), _number(minor)
    return (None if minor is None else major), minor


_read_numbers = _once(_numbers).fget


def _major(header):
    """int: 1 of ``1.0``; None where there is no version."""
    return _read_numbers(header)[0]


def _minor(header):
    """int: 0 of ``1.0``; None where there is no version."""
    return _read_numbers(header)[1]


def _version(header):
    """str: the version; None where there is none."""
    major, minor = _read_numbers(header)
    return None if minor is None else f"{major}.{minor}"


def _datetime(header):
    """datetime: without a time zone where that is ``-0000``; None for what is no date."""
    if not _date_time.fullmatch(header):
        return None
    try:
        return parsedate_to_datetime(str(header))
    except ValueError:
        return None


_PROPERTIES = {
    ADDRESSES: {"groups": _once(_groups), "addresses": _once(_addresses)},
    CONTENT_TYPE: {"maintype": property(_maintype), "subtype": property(_subtype), "params": property(_params)},
    DISPOSITION: {"content_disposition": property(_content_disposition), "params": property(_params)},
    DATE: {"datetime": _once(_datetime)},
    TOKEN: {"cte": property(_cte)},
    VERSION: {"major": property(_major), "minor": property(_minor), "version": property(_version)},
}


def properties_of(view):
    """The properties (dict) of header objects whose view has this number."""
    return _PROPERTIES.get(view, {})


# --- values that are no text ---------------------------------------------------------------------


def text_of(view, value):
    """The text (str) that the standard library shows for a datetime, an Address, a Group or several of these, and what the
    header object then says (dict) of them as they were given. None for any other value."""
    if view == DATE and isinstance(value, datetime):
        return format_datetime(value), {"_datetime": value}
    if view != ADDRESSES:
        return None
    items = (value,) if type(value) in (Address, Group) else value
    if type(items) not in (tuple, list) or not all(type(item) in (Address, Group) for item in items):
        return None
    groups = tuple([Group(None, (item,)) if type(item) is Address else item for item in items])
    return ", ".join([str(item) for item in items]), {"_groups": groups}


def is_value(view, value):
    """May a value that is no text be given?  The standard library's parser takes anything for an address, by its ``str()``,
    and what is false for nothing in any other field."""
    if view != ADDRESSES:
        return value is None or bool(value)
    items = value if hasattr(value, "__iter__") else (value,)
    return all(stands_for_text(item) for item in items)
