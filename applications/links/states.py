"""What the other side says of a link: its title, and whether the work is open, merged or closed."""

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from opw.fetch import Fetched
from opw.text import one_line

OPEN, MERGED, CLOSED = "open", "merged", "closed"
_STATES = {"open": OPEN, "opened": OPEN, "reopened": OPEN, "merged": MERGED, "closed": CLOSED}
_CHARACTERS_AT_MOST = 200
_TITLE = re.compile(r"<title(?:\s[^>]{0,300})?>([^<]{0,2000})", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What was found; empty where nothing is said."""

    state: str = ""
    title: str = ""


def found_in(answer: Fetched) -> Found:
    """Read a forge's answer to machines, or the title of a page; never fails, whatever the other side wrote."""
    if answer.status != 200:
        return Found()
    kind = answer.content_type.partition(";")[0].strip().lower()
    text = answer.body.decode("utf-8", errors="replace")
    if kind == "application/json":
        return _of_machine(text)
    return Found(title=_title(text)) if kind in ("text/html", "application/xhtml+xml") else Found()


def _of_machine(text: str) -> Found:
    """The answers of GitHub, GitLab and Gitea name these facts alike."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return Found()
    if not isinstance(said, dict):
        return Found()
    state, title = said.get("state"), said.get("title")
    known = _STATES.get(state, "") if isinstance(state, str) else ""
    return Found(MERGED if _is_merged(said) else known, _short(title) if isinstance(title, str) else "")


def _is_merged(said: dict[str, Any]) -> bool:
    request = said.get("pull_request")
    places = [said, request] if isinstance(request, dict) else [said]
    return any(place.get("merged") is True or bool(place.get("merged_at")) for place in places)


def _title(page: str) -> str:
    title = _TITLE.search(page)
    return _short(unescape(title.group(1))) if title else ""


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _CHARACTERS_AT_MOST else line[: _CHARACTERS_AT_MOST - 1] + "…"
