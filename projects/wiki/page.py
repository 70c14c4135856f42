"""What a wiki page says, once it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Level = Literal["basic", "medium", "difficult"]
Difficulty = tuple[Level, Level]

# Where a reader puts a sentence about what it is not sure of.
Doubt = Callable[[str], None]


class NotAnIdeasPage(ValueError):
    """The text holds no project idea; the message is a sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class WikiMentor:
    """A mentor as the page names her; the remark is what stood behind her address."""

    name: str
    email: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class WikiResolution:
    """When, by whom and why a point was resolved. Wikis delete such points; an export keeps them."""

    at: datetime
    by: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class WikiPoint:
    """One comment of a peer review, or a reply to one. Who did not sign has no author and no moment."""

    author: str
    at: datetime | None
    section: str
    body: str
    replies: tuple["WikiPoint", ...] = ()
    resolved: WikiResolution | None = None


@dataclass(frozen=True, slots=True)
class WikiIdea:
    """One project idea; the long fields are Markdown. What the page left out is None or "" and named in ``missing``."""

    title: str
    anchor: str
    mentors: tuple[WikiMentor, ...]
    difficulty: Difficulty | None
    inserted_on: date | None
    verified_on: date | None
    gsoc: bool | None
    skills: str
    description: str
    outcomes: str
    steps: str
    references: str
    points: tuple[WikiPoint, ...]
    missing: tuple[str, ...]
    doubtful: tuple[str, ...]
    # What only an export says: the idea's address in the portal, and the fields that no wiki page has.
    slug: str = ""
    summary: str = ""
    channels: str = ""
    system_requirements: str = ""
    required_skills: tuple[str, ...] = ()
    preferred_skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WikiPage:
    """The ideas in the order of the page, and the stretches of text that belong to none of them, word for word."""

    ideas: tuple[WikiIdea, ...]
    unplaced: tuple[str, ...]
