"""Internationalized domain names in US-ASCII: their A-labels (RFC 5890, 2.3.2.1), by the package ``idna``."""

from .errors import FieldError


def a_labels(domain):
    """The domain (a str) in US-ASCII: its A-labels, if it is internationalized (RFC 5890, 2.3.2.1).

    The core calls this, by its name, for the domain of an address.

    Raises:
        ImportError: it is internationalized, and the package ``idna`` is not installed.
        UnicodeError: it is no domain name (RFC 5891, 4).
    """
    if domain.isascii():
        return domain
    import idna

    return idna.encode(domain, uts46=True).decode("ascii")


def a_labels_for_field(field_name, domain):
    """The A-labels of a domain (a str) that an application gives for a field of this name (a str).

    Raises:
        FieldError: it has none, or the package ``idna`` is missing; at the first character that is not US-ASCII.
    """
    try:
        return a_labels(domain)
    except ImportError:
        reason = f'the domain {domain!r} needs the package idna: pip install "msgidpolicy[idna]"'
    except UnicodeError as error:
        reason = f"the domain {domain!r} is none: {error}"
    place = next(index for index, character in enumerate(domain) if not character.isascii())
    raise FieldError(field_name, place, reason, domain)


def a_labels_or_as_given(domain):
    """The A-labels of a domain (a str), by IDNA 2003 where the package ``idna`` is missing or knows none: Flask-Mail has
    them by that. A domain that has none by either is returned as it was given, for the policy to refuse.
    """
    for encode in (a_labels, _a_labels_of_2003):
        try:
            return encode(domain)
        except (ImportError, UnicodeError):
            pass
    return domain


def _a_labels_of_2003(domain):
    return domain.encode("idna").decode("ascii")
