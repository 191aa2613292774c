"""Internationalized domain names, by the package ``idna``."""


def a_labels(domain):
    """The domain (a str) in US-ASCII: its A-labels, if it is internationalized (RFC 5890, 2.3.2.1).

    Raises:
        ImportError: it is internationalized, and the package ``idna`` is not installed.
        UnicodeError: it is no domain name (RFC 5891, 4).
    """
    if domain.isascii():
        return domain
    import idna

    return idna.encode(domain, uts46=True).decode("ascii")
