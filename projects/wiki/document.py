"""A page as a Markdown document: for reading, and to be read back exactly.

What stands in the document's hidden markers counts, ``<!-- opw:idea {"title": …} -->`` and ``<!-- opw:steps -->``, and
what stands below each: a section or a comment, word for word. The heading between them is for the reader's eyes.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from projects.wiki.data import idea_as_data, page_of
from projects.wiki.page import NotAnIdeasPage, WikiIdea, WikiPage

_TEXTS = ("description", "outcomes", "steps", "skills", "references", "system_requirements", "channels")
_MARKER = re.compile(r"^<!-- opw:(?P<kind>[a-z_]+)(?: (?P<facts>\{.*\}))? -->$", re.MULTILINE)
_LOOKS_LIKE_ONE = re.compile(r"^(?=\\*<!-- opw:)", re.MULTILINE)
_QUOTED = re.compile(r"^\\(?=\\*<!-- opw:)", re.MULTILINE)
_BEGIN = re.compile(r"^<!-- opw:idea ", re.MULTILINE)


def as_markdown(page: WikiPage) -> str:
    """The page as a document."""
    return "\n".join(part for idea in page.ideas for part in _parts(idea))


def is_document(text: str) -> bool:
    """Whether the text is one that ``as_markdown`` wrote."""
    return bool(_BEGIN.search(text))


def read_document(text: str) -> WikiPage:
    """The page that ``as_markdown`` wrote. Raises NotAnIdeasPage where a marker is damaged."""
    markers = list(_MARKER.finditer(text))
    ends = [*(marker.start() for marker in markers[1:]), len(text)]
    before = text[: markers[0].start() if markers else len(text)].strip()
    page: dict[str, Any] = {"ideas": [], "unplaced": [before] if before else []}
    for marker, end in zip(markers, ends, strict=True):
        _add(page, marker["kind"], _facts(marker), text[marker.end() : end])
    return page_of(page)


def _parts(idea: WikiIdea) -> Iterator[str]:
    data = idea_as_data(idea) | {"slug": idea.slug, "anchor": idea.anchor}
    texts = {name: data.pop(name) for name in _TEXTS if name in data}
    points = data.pop("points")
    del data["missing"], data["doubtful"]
    yield _part("idea", {name: value for name, value in data.items() if value not in ("", None, [])}, "")
    for name, text in texts.items():
        if text:
            yield _part(name, {}, text)
    for point in points:
        replies = point.pop("replies")
        yield _part("point", point, point.pop("body"))
        for reply in replies:
            del reply["replies"]
            yield _part("reply", reply, reply.pop("body"))


def _part(kind: str, facts: dict[str, Any], text: str) -> str:
    said = f" {json.dumps(facts, ensure_ascii=False)}".replace(">", "\\u003e") if facts else ""
    quoted = _LOOKS_LIKE_ONE.sub(r"\\", text)
    return f"<!-- opw:{kind}{said} -->\n{_heading(kind, facts)}\n" + (f"\n{quoted}\n" if quoted else "")


def _heading(kind: str, facts: dict[str, Any]) -> str:
    """What a reader sees below a marker, before the text."""
    match kind:
        case "idea":
            return "\n\n".join(filter(None, [f"# {facts.get('title')}", _facts_in_words(facts)]))
        case "point" | "reply":
            about = f" on the {facts['section'].replace('_', ' ')}" if facts.get("section") and kind == "point" else ""
            done = ", resolved" if facts.get("resolved") else ""
            when = f", {str(facts['at'])[:10]}" if facts.get("at") else ""
            return f"### {facts.get('author') or 'Somebody'}{about}{when}{done}"
        case _:
            return f"## {kind.replace('_', ' ').capitalize()}"


def _facts_in_words(facts: dict[str, Any]) -> str:
    said = {
        "Mentors": ", ".join(str(mentor.get("name")) for mentor in facts.get("mentors", [])),
        "Difficulty": " to ".join(dict.fromkeys(facts.get("difficulty", []))),
        "Skills": ", ".join([*facts.get("required_skills", []), *facts.get("preferred_skills", [])]),
        "Also offered in Google Summer of Code": {True: "yes", False: "no", None: ""}[facts.get("gsoc")],
        "Inserted": facts.get("inserted_on", ""),
        "Verified": facts.get("verified_on", ""),
    }
    lines = [f"- {name}: {value}" for name, value in said.items() if value]
    return "\n\n".join(filter(None, [facts.get("summary", ""), "\n".join(lines)]))


def _facts(marker: re.Match[str]) -> dict[str, Any]:
    try:
        return dict(json.loads(marker["facts"] or "{}"))
    except (ValueError, RecursionError):
        raise NotAnIdeasPage(f"A marker of the document is damaged: “{marker[0][:200]}”.") from None


def _add(page: dict[str, Any], kind: str, facts: dict[str, Any], body: str) -> None:
    """Add what one marker and the text below it say."""
    text = body.strip("\n")
    heading = _heading_of(kind, facts)
    if text == heading or text.startswith(f"{heading}\n"):
        text = text[len(heading) :].strip("\n")
    text = _QUOTED.sub("", text)
    idea = page["ideas"][-1] if page["ideas"] else {}
    if kind == "idea":
        page["ideas"].append(facts | {"points": []})
        page["unplaced"] += [text] if text else []
    elif idea and kind in _TEXTS:
        idea[kind] = "\n\n".join(filter(None, [idea.get(kind), text]))
    elif idea and kind == "point":
        idea["points"].append(facts | {"body": text, "replies": []})
    elif idea and kind == "reply" and idea["points"]:
        idea["points"][-1]["replies"].append(facts | {"body": text})
    else:
        raise NotAnIdeasPage(f"A marker of the document stands where nothing can be put: “opw:{kind}”.")


def _heading_of(kind: str, facts: dict[str, Any]) -> str:
    try:
        return _heading(kind, facts)
    except (AttributeError, KeyError, TypeError):
        raise NotAnIdeasPage(f"A marker of the document is damaged: “opw:{kind}”.") from None
