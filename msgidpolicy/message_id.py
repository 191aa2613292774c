"""Message-IDs: short, in the order of time, unique without coordination."""

import os
import socket
import sys
import threading
import warnings
from time import time_ns

from . import _core
from .domain import a_labels_for_field
from .errors import FieldError
from .source import stands_for_text

_PARTS = 341  # msg-ids that the octets drawn from the system at a time are for
_PART_SIZE = 12  # octets of each: 96 bits
_POOL_HEAD = 6  # octets before those of the first part


def _pool():
    """Random octets as the core takes them: after the number of forks, which makes them worthless in a child that
    Python does not know of, and the number of parts that are left.

    Forks are counted before the octets are drawn: a signal handler may fork in between.
    """
    forks = _core.forks()
    parts = os.urandom(_PARTS * _PART_SIZE)
    return bytearray(forks.to_bytes(4, "big") + (len(parts) // _PART_SIZE).to_bytes(2, "big") + parts)


def _is_used_up(pool):
    return pool[:4] != _core.forks().to_bytes(4, "big") or not any(pool[4:_POOL_HEAD])


class _Entropy(threading.local):
    """The pool of one thread.

    The core takes a part and counts it in one step, so that nothing is used twice, not even by a
    signal handler that makes an id meanwhile.
    """

    def __init__(self):
        self.pool = bytearray(_POOL_HEAD)  # used up


class _Domain:
    """Where the domain of a msg-id comes from when the caller gives none."""

    def __init__(self):
        self.configured = None
        self.forget_host()

    def forget_host(self):
        self.forks = _core.forks()  # when the host was asked: in a child it may have another name
        self.asked = None  # what socket.getfqdn() said
        self.host = None  # that name, made fit for a msg-id
        self.has_warned = False


_entropy = _Entropy()
_domain = _Domain()


def make_msgid(idstring=None, domain=None):
    """A new msg-id, brackets and all, as ``email.utils.make_msgid`` makes one, but shorter.

    It is ``<time.random@domain>``: the time in milliseconds as 9 digits, which sort as it does, and
    96 random bits of the system as 20. The digits are 0-9 and a-v.

    Args:
        idstring (str): goes after the random digits, with a dot between them.
        domain: a str, or an object of a class with a ``__str__`` that says a domain; an internationalized one becomes
            its A-label (IDNA 2008) by the package ``idna``. By default the domain that
            ``set_msgid_domain`` was given, else that of the environment variable
            ``MESSAGE_ID_DOMAIN``, else the name of this host (``socket.getfqdn``, asked once).

    Returns:
        str: the msg-id (RFC 5322, 3.6.4).

    Raises:
        FieldError: the domain or the idstring is not a dot-atom (RFC 5322, 3.2.3), or the domain needs ``idna``.
        TypeError: the domain is something else, as bytes or a number.
    """
    if domain is None:
        domain = known_domain() or _host_after_a_warning()
    try:
        return _core.make_msg_id(time_ns(), _entropy.pool, idstring, domain)
    except (EOFError, TypeError, FieldError):
        pass  # the pool is used up, or the domain is not a str in US-ASCII: again, with all the care
    domain = _ascii_domain(domain)
    if _is_used_up(_entropy.pool):
        _entropy.pool = _pool()
    return _core.make_msg_id(time_ns(), _entropy.pool, idstring, domain)


def set_msgid_domain(domain):
    """Configure the domain of the msg-ids that this process makes.

    Args:
        domain: as for ``make_msgid``. None takes it back, and has the host's name asked for anew.

    Raises:
        FieldError: the domain is not a dot-atom (RFC 5322, 3.2.3); nothing is changed.
        TypeError: as for ``make_msgid``.
    """
    if domain is not None:
        domain = _ascii_domain(domain)
        make_msgid(domain=domain)
    _domain.configured = domain
    _domain.forget_host()


def known_domain():
    """The domain that was configured, a str, or None; no host name is looked up."""
    return _domain.configured or os.environ.get("MESSAGE_ID_DOMAIN") or None


def _ascii_domain(domain):
    if not stands_for_text(domain):
        raise TypeError(f"the domain of a Message-ID must be str, not {type(domain).__name__}")
    return a_labels_for_field("Message-ID", str(domain))


def host_is_known():
    """Has this host a name that others know?  Then it is the domain of a msg-id by default.

    Spam filters punish a name without a dot, ``localhost`` and IP addresses, as containers have.
    """
    return not _host().endswith(".invalid")


def _host():
    """This host's name, asked for once; with ``.invalid`` after it (RFC 2606, 2) where others do not know it."""
    if _domain.forks != _core.forks():
        _domain.forget_host()
    fit = _domain.host  # read once: another thread may have it forgotten
    if fit is None:
        _domain.asked = host = socket.getfqdn()
        fit = "".join(c if c.isascii() and (c.isalnum() or c in "-.") else "-" for c in host).strip("-.")
        if fit != host or "." not in fit or _is_ip_address(fit) or fit.partition(".")[0] == "localhost":
            fit = f"{fit or 'localhost'}.invalid"
        _domain.host = fit
    return fit


def _host_after_a_warning():
    host = _host()
    if host.endswith(".invalid") and not _domain.has_warned:
        _domain.has_warned = True
        warnings.warn(
            f"this host has no name that others know ({_domain.asked!r}), so its Message-IDs end in"
            f" @{host}: call msgidpolicy.set_msgid_domain() or set MESSAGE_ID_DOMAIN",
            stacklevel=_level_of_caller(),
        )
    return host


def _level_of_caller():
    """The ``stacklevel`` (int) that says where this package was called, by however many of its own functions."""
    frame, level = sys._getframe(2), 2
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] == __package__:
        frame, level = frame.f_back, level + 1
    return level


def _is_ip_address(host):
    return host.replace(".", "").isdigit() or ":" in host
