"""What a page says of an idea, in the portal's fields and within their limits; what does not fit is kept beside it."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Model

from projects.actions.importing.mentors import find_person
from projects.models import SECTIONS, Difficulty, Mentorship, Project, ReviewPoint, Skill
from projects.wiki import WikiIdea, WikiMentor, WikiPoint

TAGS = ("required_skills", "preferred_skills")
# What a page says of an idea, and the fields that hold it here; a range is one saying in two fields.
FACTS = {
    "Title": ("title",),
    "Summary": ("summary",),
    "Difficulty": ("difficulty_from", "difficulty_to"),
    "Inserted": ("inserted_on",),
    "Verified": ("verified_on",),
    "GSoC": ("also_gsoc",),
    "Channels": ("channels",),
    "Skill tags": TAGS,
} | {SECTIONS[name]: (name,) for name in SECTIONS}
_LEVELS = {level.label: level.value for level in Difficulty}
_FIRST_YEAR = 1990  # no wiki is older


def _limit(model: type[Model], name: str) -> int:
    """How many characters the field takes; the database alone would take more of a text."""
    return int(getattr(model._meta.get_field(name), "max_length", 0))


TITLE, KEY, SECTION = (_limit(Project, name) for name in ("title", "import_key", "description"))
SUMMARY, CHANNELS, TAG = _limit(Project, "summary"), _limit(Project, "channels"), _limit(Skill, "name")
NAME, ADDRESS, REMARK = (_limit(Mentorship, name) for name in ("name", "email", "remark"))
AUTHOR, COMMENT, REASON = (_limit(ReviewPoint, name) for name in ("author_name", "body", "resolved_because"))


@dataclass(slots=True)
class Said:
    """One idea of a page; ``facts`` are as JSON has them, so that the idea can remember them."""

    anchor: str
    doubtful: list[str]
    facts: dict[str, Any] = field(default_factory=dict)
    mentors: list[WikiMentor] = field(default_factory=list)
    points: list[WikiPoint] = field(default_factory=list)
    unplaced: list[dict[str, str]] = field(default_factory=list)

    def doubt(self, sentence: str) -> None:
        """Say once what is not certain."""
        if sentence not in self.doubtful:
            self.doubtful.append(sentence)

    def keep(self, place: str, text: str) -> None:
        """Keep a text that has no place in a field."""
        self.unplaced.append({"place": place, "text": text})

    def fitted(self, place: str, text: str, limit: int) -> str:
        """The text as far as the field takes it; all of a longer one is kept."""
        if len(text) <= limit:
            return text
        self.keep(place, text)
        self.doubt(f"{place}: longer than {limit:,} characters; its beginning was taken, and all of it is kept.")
        return f"{text[: limit - 1].rstrip()}…"

    def memory(self) -> dict[str, Any]:
        """What the idea remembers of the page, to tell at the next import what changed there and what here."""
        said = {"anchor": self.anchor, "facts": self.facts, "mentors": [asdict(mentor) for mentor in self.mentors]}
        return said | {"doubtful": list(self.doubtful), "unplaced": self.unplaced}


def said_of(idea: WikiIdea, *, now: datetime) -> Said:
    """What the idea says, fitted into the portal's fields."""
    said = Said(anchor=idea.anchor, doubtful=list(idea.doubtful))
    lowest, highest = (_LEVELS[level] for level in idea.difficulty) if idea.difficulty else (None, None)
    said.facts = {
        "title": said.fitted("Title", idea.title, TITLE),
        "summary": said.fitted("Summary", idea.summary, SUMMARY),
        "difficulty_from": lowest,
        "difficulty_to": highest,
        "inserted_on": _plain(idea.inserted_on),
        "verified_on": _plain(idea.verified_on),
        "also_gsoc": bool(idea.gsoc),
        "channels": said.fitted("Channels", idea.channels, CHANNELS),
        "required_skills": _tags(said, idea.required_skills),
        "preferred_skills": _tags(said, tuple(tag for tag in idea.preferred_skills if tag not in idea.required_skills)),
    } | {name: said.fitted(SECTIONS[name], getattr(idea, name), SECTION) for name in SECTIONS}
    for mentor in idea.mentors:
        _add_mentor(said, mentor)
    said.points = [_comment(said, point, now) for point in idea.points]
    return said


def facts_here(project: Project) -> dict[str, Any]:
    """What the idea says here, in the form of ``Said.facts``."""
    tags = list(project.skill_tags.select_related("skill"))
    here = {name: _plain(getattr(project, name)) for fields in FACTS.values() for name in fields if name not in TAGS}
    return here | {
        "required_skills": sorted(str(tag) for tag in tags if tag.is_required),
        "preferred_skills": sorted(str(tag) for tag in tags if not tag.is_required),
    }


def _tags(said: Said, names: tuple[str, ...]) -> list[str]:
    """The tags in the order in which they are kept here."""
    return sorted({said.fitted("Skill tags", name, TAG) for name in names})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _add_mentor(said: Said, mentor: WikiMentor) -> None:
    if not _can_be_written_to(mentor.email):
        said.keep("Mentors", mentor.email)
        said.doubt(f"Mentors: “{mentor.email}” is no address that letters can be sent to.")
        mentor = replace(mentor, email="")
    if find_person(mentor, said.mentors):
        said.keep("Mentors", " ".join(filter(None, [mentor.name, mentor.email, mentor.remark])))
        said.doubt(f"Mentors: {mentor.name} is named twice; the first was taken.")
        return
    name = said.fitted("Mentors", mentor.name, NAME)
    said.mentors.append(replace(mentor, name=name, remark=said.fitted("A mentor's remark", mentor.remark, REMARK)))


def _can_be_written_to(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return not email
    return len(email) <= ADDRESS


def _comment(said: Said, comment: WikiPoint, now: datetime) -> WikiPoint:
    """The comment with an author, moment and body that can be kept here."""
    author = said.fitted("Peer review", comment.author, AUTHOR)
    at = comment.at
    if at and not _FIRST_YEAR <= at.year <= (now + timedelta(days=1)).year:
        said.doubt(
            f"The comment of {author} is dated {at:%d %B %Y}, which cannot be; it stands under its import's day."
        )
        at = None
    elif not at:
        said.doubt("A comment without a date stands under the day of its import.")
    body = said.fitted("Peer review", comment.body, COMMENT)
    replies = tuple(_comment(said, reply, now) for reply in comment.replies)
    resolved = comment.resolved and replace(
        comment.resolved,
        by=said.fitted("Peer review", comment.resolved.by, AUTHOR),
        because=said.fitted("Peer review", comment.resolved.because, REASON),
    )
    return replace(comment, author=author, at=at, body=body, replies=replies, resolved=resolved)
