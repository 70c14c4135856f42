"""The parts in which an idea is written, a page of its form each; and what a part says, in words to be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from projects.models import SECTIONS, Difficulty, Project

MARKDOWN = [*SECTIONS, "channels"]
SKILL_TAGS = {"required_skills": True, "preferred_skills": False}


@dataclass(frozen=True, slots=True)
class Part:
    """Some fields of an idea that are written together."""

    name: str
    heading: str
    fields: tuple[str, ...]


PARTS = [
    Part("basics", "Basics", ("title", "summary", "difficulty_from", "difficulty_to")),
    Part("description", "Description", ("description",)),
    Part("outcomes", "Outcomes", ("outcomes",)),
    Part("steps", "Steps", ("steps",)),
    Part("skills", "Skills", ("skills", *SKILL_TAGS)),
    Part(
        "practicalities",
        "References and practicalities",
        ("references", "system_requirements", "channels", "also_gsoc", "verified_on"),
    ),
]


def part_of(name: str) -> Part | None:
    """The part of this name, or the one in which a field is written."""
    return next((part for part in PARTS if name == part.name or name in part.fields), None)


def part_after(part: Part) -> Part | None:
    """The one that is written next."""
    return dict(pairwise(PARTS)).get(part)


def facts_of(project: Project, fields: Iterable[str]) -> dict[str, str]:
    """What an idea says in these fields, in words."""
    tags = list(project.skill_tags.select_related("skill")) if SKILL_TAGS.keys() & set(fields) else []
    values = {
        name: [tag.skill.name for tag in tags if tag.is_required == SKILL_TAGS[name]]
        if name in SKILL_TAGS
        else getattr(project, name)
        for name in fields
    }
    return in_words(values)


def in_words(values: Mapping[str, Any]) -> dict[str, str]:
    """Values of fields as a person reads them."""
    return {name: _words(value) for name, value in values.items()}


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return Difficulty(value).label
    if isinstance(value, list):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value or "")
