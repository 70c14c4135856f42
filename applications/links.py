"""Links to contributions, in the one form by which the same piece of work is recognised."""

from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError


def check_link(url: str) -> None:
    """Refuse what is not a plain http or https address; one with a name or password in it is not plain either."""
    try:
        parts = urlsplit(url)
        well_formed = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        well_formed = False
    if not well_formed:
        raise ValidationError("A link begins with https:// or http:// and names a host.")
    if parts.username is not None or parts.password is not None:
        raise ValidationError("Leave the name and password out of the link.")


def canonical(url: str) -> str:
    """The link as the same work is always written: https, host in lower case, no fragment and no closing slash."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").removeprefix("www.")
    if parts.port not in (None, 80, 443):
        host = f"{host}:{parts.port}"
    return urlunsplit(("https", host, parts.path.rstrip("/"), parts.query, ""))
