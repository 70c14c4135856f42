"""Every address of the portal, from its own table of addresses."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "site:home", "site:how_it_works", "site:healthz", "site:readyz", "site:robots", "site:sitemap",
    "rounds:list", "rounds:detail", "rounds:calendar",
    "communities:list", "communities:detail", "communities:invitation",
    "projects:list", "projects:ideas", "projects:detail", "projects:interns", "projects:feed", "rounds:feed",
    "projects:on_the_wiki",
    "projects:revisions", "projects:compare", "projects:invitation",
    "mail:unsubscribe", "applications:calendar_feed",
}  # fmt: skip
OURS = {"site", "projects", "rounds", "communities", "applications", "coordinate", "mentors", "mail", "accounts"}


def addresses(patterns=None, place: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Every address of the portal as (name, its pattern)."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = place + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry.url_patterns, here, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name or ''}", here


PRIVATE = [(name, pattern) for name, pattern in addresses() if name.partition(":")[0] in OURS and name not in PUBLIC]


def path(pattern: str, **values: object) -> str:
    """An address of this pattern with these values, or with ones that lead nowhere."""

    def fill(match: re.Match[str]) -> str:
        kind, name = match.group(1), match.group(2)
        return str(values.get(name, 999_999 if kind == "int" else "nowhere"))

    return "/" + re.sub(r"<(\w+):(\w+)>", fill, pattern)
