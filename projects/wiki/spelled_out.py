"""Mentors and comments as an export spells them out: ``{{Mentor|name=…}}`` and ``{{Comment|by=…|at=…|1=…}}``.

People write them in ways of their own, which ``mentors`` and ``review`` guess at; here is nothing to guess.
"""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from projects.wiki.ideas import COMMENTED, Draft
from projects.wiki.page import WikiMentor, WikiPoint, WikiResolution

_MENTOR = re.compile(r"\{\{Mentor(?P<fields>(?:\|(?:name|email|remark)=[^{|}]*)+)\}\}")
_COMMENT = re.compile(
    r"""^(?P<stars>\*\*?)[ ]\{\{Comment
    (?P<fields>(?:\|(?:by|at|on|resolved[ ]at|resolved[ ]by|because)=[^{|}]*)*)
    \|1=\n(?P<body>[^{|}]*)\n\}\}$""",
    re.MULTILINE | re.VERBOSE,
)


def take_mentors(source: str, draft: Draft) -> str:
    """Put the mentors who are spelled out into the draft; what is left of the field is returned."""

    def take(found: re.Match[str]) -> str:
        fields = _fields(found["fields"])
        draft.mentors.append(WikiMentor(fields.get("name", ""), fields.get("email", ""), fields.get("remark", "")))
        return ""

    return _MENTOR.sub(take, source)


def take_comments(source: str, draft: Draft, read_body: Callable[[str], str]) -> str:
    """Put the comments that are spelled out into the draft; what is left of the field is returned."""

    def take(found: re.Match[str]) -> str:
        try:
            comment = _comment(_fields(found["fields"]), read_body(found["body"]))
        except ValueError:
            return found[0]
        if found["stars"] == "*" or not draft.points:
            draft.points.append(comment)
        else:
            point = draft.points[-1]
            draft.points[-1] = replace(point, replies=(*point.replies, comment))
        return ""

    return _COMMENT.sub(take, source)


def _fields(source: str) -> dict[str, str]:
    """The named texts in "|name=text|name=text"."""
    pairs = (field.partition("=") for field in source.split("|")[1:])
    return {name: " ".join(html.unescape(text).split()) for name, _, text in pairs}


def _comment(fields: dict[str, str], body: str) -> WikiPoint:
    """Raises ValueError for a moment that is none, or a section that no idea has."""
    section = fields.get("on", "")
    if section and section not in COMMENTED:
        raise ValueError
    resolved = None
    if "resolved at" in fields:
        resolved_at = datetime.fromisoformat(fields["resolved at"])
        resolved = WikiResolution(resolved_at, fields.get("resolved by", ""), fields.get("because", ""))
    at = datetime.fromisoformat(fields["at"]) if "at" in fields else None
    return WikiPoint(fields.get("by", ""), at, section, body, resolved=resolved)
