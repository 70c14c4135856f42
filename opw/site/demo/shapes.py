"""The shapes of the demo's texts. Moments are strings in the story's time, as ``calendar`` reads them."""

from dataclasses import dataclass
from typing import NamedTuple

from applications.models import Contribution
from projects.models import Difficulty, StarterTask


@dataclass(frozen=True)
class Person:
    """Somebody with an account; ``key`` is her address before the ``@example.org``."""

    key: str
    name: str
    timezone: str
    joined_at: str
    is_program_coordinator: bool = False


@dataclass(frozen=True)
class CommunityText:
    """A community with its people, and where to meet it: channels as (name, address, purpose), resources to read."""

    slug: str
    name: str
    summary: str
    description: str
    website: str
    coordinators: list[str]
    maintainers: list[str]
    channels: list[tuple[str, str, str]]
    resources: list[tuple[str, str]]
    slots: dict[str, int]


@dataclass(frozen=True)
class Point:
    """A review point; answered and resolved only where that is written."""

    by: str
    at: str
    body: str
    section: str = ""
    answer: str = ""
    answered_by: str = ""
    answered_at: str = ""
    resolved_at: str = ""


@dataclass(frozen=True)
class Idea:
    """A project idea and its way through review; its first mentor proposes it, unless somebody else does."""

    key: str
    community: str
    title: str
    summary: str
    inserted_at: str
    mentors: list[str]
    description: str
    outcomes: str
    steps: str
    skills: str
    difficulty: tuple[Difficulty, Difficulty] = (Difficulty.MEDIUM, Difficulty.MEDIUM)
    required: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    references: str = ""
    system_requirements: str = ""
    channels: str = ""
    gsoc: bool = False
    proposed_by: str = ""
    verified_on: str = ""
    points: tuple[Point, ...] = ()
    is_published: bool = True
    approved_by: str = ""
    approved_at: str = ""
    rounds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """A starter task, offered by its idea's first mentor; claimed only where that is written."""

    idea: str
    at: str
    title: str
    link: str
    size: StarterTask.Size
    description: str = ""
    claimed_by: str = ""
    claimed_at: str = ""


class Mark(NamedTuple):
    """What a mentor said of a contribution."""

    at: str
    mark: Contribution.Mark
    comment: str


class Rating(NamedTuple):
    """A mentor's score and reasons."""

    by: str
    at: str
    score: int
    reasons: str


@dataclass(frozen=True)
class Work:
    """A contribution, with its marks in their order, and the title of the starter task that it did."""

    at: str
    kind: Contribution.Kind
    title: str
    url: str
    marks: tuple[Mark, ...] = ()
    task: str = ""


class Message(NamedTuple):
    """What an applicant wrote to the mentors, or one of them to her."""

    at: str
    by: str
    body: str


class Busy(NamedTuple):
    """What else takes an applicant's time."""

    kind: str
    what: str
    starts_on: str
    ends_on: str
    hours: int


@dataclass(frozen=True)
class Initial:
    """What an applicant says of herself in a round."""

    round: str
    applicant: str
    at: str
    experience: str
    commitments: tuple[Busy, ...] = ()
    may_work: str = "Yes"
    publish_name: str = "yes"


@dataclass(frozen=True)
class Candidacy:
    """An applicant's way with one project: her application, which may stay a draft, her messages, and her work."""

    round: str
    applicant: str
    idea: str
    why: str
    background: str
    plan: str
    drafted_at: str
    submitted_at: str = ""
    withdrawn_at: str = ""
    work: tuple[Work, ...] = ()
    ratings: tuple[Rating, ...] = ()
    messages: tuple[Message, ...] = ()
