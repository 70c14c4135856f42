"""What an import did, for a program and for a person."""

import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import Any

from projects.actions.importing.ideas import ImportedIdea
from projects.wiki import WikiIdea, WikiPage, as_json

_NAMES = {"gsoc": "GSoC", "inserted_on": "date of insert", "verified_on": "verified"}
_FIELDS = [
    "mentors", "difficulty", "inserted_on", "verified_on", "gsoc", "skills", "description", "outcomes", "steps",
    "references",
]  # fmt: skip


def as_data(page: WikiPage, imported: list[ImportedIdea]) -> dict[str, Any]:
    """The JSON of the command: what the page says, with each idea's address and what became of it."""
    data = as_json(page)
    for found, idea in zip(data["ideas"], imported, strict=True):
        found |= {"slug": idea.project.slug, "doubtful": list(idea.doubtful), "status": idea.status}
    return data


def as_text(page: WikiPage, imported: list[ImportedIdea]) -> str:
    """The same in words."""
    paragraphs = ["\n".join(_lines(idea)) for idea in imported]
    if page.unplaced:
        texts = textwrap.indent("\n\n".join(page.unplaced), "  | ", lambda line: True)
        paragraphs.append(f"Text of the page that belongs to no idea:\n{texts}")
    return "\n\n".join([*paragraphs, in_short(imported)])


def as_findings(page: WikiPage, imported: list[ImportedIdea]) -> dict[str, Any]:
    """The same for a table: what a coordinator has to know of each idea before she chooses."""
    return {"ideas": [_row(idea) for idea in imported], "unplaced": list(page.unplaced), "sum": in_short(imported)}


def _row(idea: ImportedIdea) -> dict[str, Any]:
    return {
        "title": idea.project.title,
        "status": idea.status,
        "address": "" if idea.status == "new" else idea.project.get_absolute_url(),
        "found": _found(idea),
        "missing": _missing(idea),
        "doubtful": list(idea.doubtful),
        "changed": list(idea.changed),
        "kept": list(idea.kept),
    }


def _found(idea: ImportedIdea) -> list[str]:
    named = [_NAMES.get(name, name) for name in _FIELDS if name not in idea.found.missing]
    return [*named, *_comments([idea.found])]


def _missing(idea: ImportedIdea) -> list[str]:
    return [_NAMES.get(name, name) for name in idea.found.missing]


def _lines(idea: ImportedIdea) -> Iterator[str]:
    yield idea.project.title
    yield f"  {idea.status}: {idea.project.get_absolute_url()}"
    yield f"  found: {', '.join(_found(idea))}"
    if idea.found.missing:
        yield f"  missing: {', '.join(_missing(idea))}"
    if idea.changed:
        yield f"  changed: {', '.join(idea.changed)}"
    for doubt in idea.doubtful:
        yield f"  doubtful: {' '.join(doubt.split())}"


def in_short(imported: list[ImportedIdea]) -> str:
    """The sum of it."""
    found = [idea.found for idea in imported]
    status = Counter(idea.status for idea in imported)
    mentors = {(mentor.email or mentor.name).casefold() for idea in found for mentor in idea.mentors}
    became = ", ".join(f"{number} {name}" for name, number in status.items())
    told = ", ".join([_counted(len(mentors), "mentor"), *_comments(found)])
    return f"{_counted(len(imported), 'idea')}: {became}. {told}."


def _comments(ideas: list[WikiIdea]) -> list[str]:
    points = [point for idea in ideas for point in idea.points]
    replies = sum(len(point.replies) for point in points)
    counted = [_counted(len(points), "review point"), _counted(replies, "reply", "replies")]
    return [words for number, words in zip([len(points), replies], counted, strict=True) if number]


def _counted(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or f'{one}s'}"
