"""From what a reader found, field by field and unread, to a project idea."""

from dataclasses import dataclass, field, replace

from projects.wiki.days import read_day
from projects.wiki.facts import read_difficulty, read_yes_or_no
from projects.wiki.lines import BLANK, Line, to_markdown
from projects.wiki.mentors import read_mentors
from projects.wiki.page import WikiIdea, WikiMentor, WikiPoint
from projects.wiki.review import read_review

# How pages name the fields, and how we do.
FIELDS = {
    "title": ("project", "project title", "title"),
    "anchor": ("anchor",),
    "inserted_on": ("date", "date of insert", "inserted"),
    "verified_on": ("verified", "date verified", "last verified"),
    "gsoc": ("gsoc",),
    "mentors": ("mentor", "mentors", "contact", "contacts"),
    "difficulty": ("difficulty", "difficulty level"),
    "skills": ("skills", "skills needed", "skills required", "required skills"),
    "description": ("desc", "description"),
    "outcomes": ("outcome", "outcomes", "expected outcome", "expected outcomes"),
    "steps": ("steps",),
    "references": ("reference", "references"),
    "review": ("review", "peer review", "peer review comments"),
    "slug": ("slug",),
    "summary": ("summary",),
    "channels": ("channels",),
    "system_requirements": ("system requirements",),
    "required_skills": ("required tags",),
    "preferred_skills": ("preferred tags",),
}
FIELD_OF = {name: field for field, names in FIELDS.items() for name in names}
_NEEDED = (
    "inserted_on", "verified_on", "gsoc", "mentors", "difficulty", "skills", "description", "outcomes", "steps",
    "references",
)  # fmt: skip
# Prose; the others are facts.
SECTIONS = ("skills", "description", "outcomes", "steps", "references", "review", "channels", "system_requirements")

# What a comment of an export may be about.
COMMENTED = ("description", "outcomes", "steps", "skills", "references", "system_requirements")


@dataclass(slots=True)
class Draft:
    """An idea as it was found: facts as plain text, sections as lines, and what the reader was not sure of."""

    facts: dict[str, str] = field(default_factory=dict)
    sections: dict[str, list[Line]] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    mentors: list[WikiMentor] = field(default_factory=list)  # those that an export spells out
    points: list[WikiPoint] = field(default_factory=list)

    def add_fact(self, name: str, text: str) -> None:
        """Put the text behind what the field says already."""
        if words := text.strip():
            self.facts[name] = "\n".join(filter(None, [self.facts.get(name), words]))

    def add_section(self, name: str, lines: list[Line]) -> None:
        """Put the lines behind what the section says already."""
        before = self.sections.get(name)
        self.sections[name] = [*before, BLANK, *lines] if before else lines


def understood(draft: Draft, place: int) -> WikiIdea:
    """The idea that the draft holds; without a title it is called by its place on the page."""
    doubts = list(draft.doubts)
    title = _on_one_line(draft, "title")
    idea = WikiIdea(
        title=title or f"Untitled idea {place}",
        anchor=_on_one_line(draft, "anchor"),
        mentors=(*draft.mentors, *read_mentors(draft.facts.get("mentors", ""), doubts.append)),
        difficulty=read_difficulty(draft.facts.get("difficulty", ""), doubts.append),
        inserted_on=read_day(draft.facts.get("inserted_on", ""), "Inserted", doubts.append),
        verified_on=read_day(draft.facts.get("verified_on", ""), "Verified", doubts.append),
        gsoc=read_yes_or_no(draft.facts.get("gsoc", ""), "GSoC", doubts.append),
        skills=_markdown(draft, "skills"),
        description=_markdown(draft, "description"),
        outcomes=_markdown(draft, "outcomes"),
        steps=_markdown(draft, "steps"),
        references=_markdown(draft, "references"),
        points=read_review(draft.sections.get("review", []), doubts.append, after=draft.points),
        missing=("title",) * (not title),
        doubtful=(),
        slug=_on_one_line(draft, "slug"),
        summary=_on_one_line(draft, "summary"),
        channels=_markdown(draft, "channels"),
        system_requirements=_markdown(draft, "system_requirements"),
        required_skills=_names(draft, "required_skills"),
        preferred_skills=_names(draft, "preferred_skills"),
    )
    return with_what_is_missing(replace(idea, doubtful=tuple(dict.fromkeys(doubts))))


def with_what_is_missing(idea: WikiIdea) -> WikiIdea:
    """The idea, with the names of what the page left out."""
    return replace(idea, missing=(*idea.missing, *(name for name in _NEEDED if getattr(idea, name) in ("", (), None))))


def _on_one_line(draft: Draft, name: str) -> str:
    return " ".join(draft.facts.get(name, "").split())


def _names(draft: Draft, name: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in _on_one_line(draft, name).split(","))))


def _markdown(draft: Draft, name: str) -> str:
    return to_markdown(draft.sections.get(name, []))
