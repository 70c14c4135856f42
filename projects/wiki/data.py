"""A page as plain data: the JSON of ``import_ideas --json`` and ``export_ideas``, which is one form."""

import json
from datetime import UTC, date, datetime
from typing import Any, cast

from projects.wiki.clean import text_of
from projects.wiki.facts import LEVELS
from projects.wiki.ideas import COMMENTED, with_what_is_missing
from projects.wiki.page import (
    Difficulty,
    NotAnIdeasPage,
    WikiIdea,
    WikiMentor,
    WikiPage,
    WikiPoint,
    WikiResolution,
)  # fmt: skip

LONG = ("skills", "description", "outcomes", "steps", "references")
ONLY_IN_EXPORTS = ("summary", "channels", "system_requirements", "required_skills", "preferred_skills")


def as_json(page: WikiPage) -> dict[str, Any]:
    """The page in the form of the command's JSON; what is known of an idea only here, slug and status, comes later."""
    return {"ideas": [idea_as_data(idea) for idea in page.ideas], "unplaced": list(page.unplaced)}


def as_export(page: WikiPage) -> dict[str, Any]:
    """The same for ideas that are here: with their addresses, and the anchor of those that have one."""
    data = as_json(page)
    for found, idea in zip(data["ideas"], page.ideas, strict=True):
        found |= {"slug": idea.slug, "status": "unchanged"} | ({"anchor": idea.anchor} if idea.anchor else {})
    return data


def idea_as_data(idea: WikiIdea) -> dict[str, Any]:
    """One idea; the fields that no wiki page has stand there only if they say something."""
    return {
        "title": idea.title,
        "mentors": [_mentor(mentor) for mentor in idea.mentors],
        "difficulty": list(idea.difficulty) if idea.difficulty else None,
        "inserted_on": idea.inserted_on.isoformat() if idea.inserted_on else None,
        "verified_on": idea.verified_on.isoformat() if idea.verified_on else None,
        "gsoc": idea.gsoc,
        **{name: getattr(idea, name) for name in LONG},
        "points": [point_as_data(point) for point in idea.points],
        "missing": list(idea.missing),
        "doubtful": list(idea.doubtful),
    } | {name: value for name in ONLY_IN_EXPORTS if (value := getattr(idea, name))}


def point_as_data(point: WikiPoint) -> dict[str, Any]:
    """One comment with its replies; how it was resolved stands there only if it was."""
    data: dict[str, Any] = {
        "author": point.author,
        "at": point.at.isoformat() if point.at else None,
        "section": point.section,
        "body": point.body,
        "replies": [point_as_data(reply) for reply in point.replies],
    }
    if done := point.resolved:
        data["resolved"] = {"at": done.at.isoformat(), "by": done.by, "because": done.because}
    return data


def _mentor(mentor: WikiMentor) -> dict[str, str]:
    return {"name": mentor.name, "email": mentor.email, "remark": mentor.remark}


def read_json(text: str) -> WikiPage:
    """The ideas of a report or an export. Raises NotAnIdeasPage for JSON that is neither."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAnIdeasPage(f"The text begins as JSON does, and cannot be read as JSON: {error}.") from None
    return page_of(data)


def page_of(data: Any) -> WikiPage:
    """The page that the data describes. Raises NotAnIdeasPage where it is not in the form of an export."""
    page = _Object(data, "The JSON")
    ideas = tuple(_idea_of(idea) for idea in page.objects("ideas"))
    if not ideas:
        raise NotAnIdeasPage("The JSON holds no project idea.")
    return WikiPage(ideas, page.texts("unplaced"))


class _Object:
    """An object of the JSON, asked for what it must hold; what is left out is empty."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, dict):
            raise NotAnIdeasPage(f"{place} is not an object with names and values, as an export is.")
        self._data, self._place = data, place

    def text(self, name: str) -> str:
        return text_of(self._of_kind(str, name, ""))

    def line(self, name: str) -> str:
        return " ".join(self.text(name).split())

    def texts(self, name: str) -> tuple[str, ...]:
        texts = self._of_kind(list, name, [])
        if not all(isinstance(text, str) for text in texts):
            raise self._wrong(name)
        return tuple(text_of(text) for text in texts)

    def objects(self, name: str) -> list["_Object"]:
        """The objects of a list; a single one stands for a list of it."""
        found = self._of_kind(list | dict, name, [])
        return [_Object(one, f"An entry of “{name}”") for one in (found if isinstance(found, list) else [found])]

    def yes_or_no(self, name: str) -> bool | None:
        return cast("bool | None", self._of_kind(bool, name, None))

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.line(name)) if self.line(name) else None
        except ValueError:
            raise self._wrong(name) from None

    def moment(self, name: str) -> datetime | None:
        try:
            moment = datetime.fromisoformat(self.line(name) or "0001-01-01")
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return moment.astimezone(UTC) if self.line(name) else None
        except (ValueError, OverflowError):
            raise self._wrong(name) from None

    def _of_kind(self, kind: Any, name: str, default: Any) -> Any:
        value = self._data.get(name)
        if value is not None and not isinstance(value, kind):
            raise self._wrong(name)
        return default if value is None else value

    def _wrong(self, name: str) -> NotAnIdeasPage:
        return NotAnIdeasPage(f"{self._place} has a “{name}” that is not what an export writes there.")


def _idea_of(data: _Object) -> WikiIdea:
    idea = WikiIdea(
        title=data.line("title"),
        anchor=data.line("anchor"),
        mentors=tuple(_mentor_of(mentor) for mentor in data.objects("mentors")),
        difficulty=_difficulty_of(data),
        inserted_on=data.day("inserted_on"),
        verified_on=data.day("verified_on"),
        gsoc=data.yes_or_no("gsoc"),
        **{name: data.text(name) for name in LONG},
        points=tuple(_point_of(point) for point in data.objects("points")),
        missing=(),
        doubtful=(),
        slug=data.line("slug"),
        summary=data.line("summary"),
        channels=data.text("channels"),
        system_requirements=data.text("system_requirements"),
        required_skills=data.texts("required_skills"),
        preferred_skills=data.texts("preferred_skills"),
    )
    if not idea.title:
        raise NotAnIdeasPage("An idea has no title.")
    return with_what_is_missing(idea)


def _mentor_of(data: _Object) -> WikiMentor:
    name, email = data.line("name"), data.line("email")
    return WikiMentor(name or email.partition("@")[0] or "A mentor without a name", email, data.line("remark"))


def _difficulty_of(data: _Object) -> Difficulty | None:
    levels = data.texts("difficulty")
    places = [LEVELS.index(level) if level in LEVELS else -1 for level in levels]
    if levels and (len(levels) != 2 or -1 in places or places[0] > places[1]):
        raise NotAnIdeasPage(f"A difficulty is the lowest and the highest level, of {', '.join(LEVELS)}.")
    return (LEVELS[places[0]], LEVELS[places[1]]) if levels else None


def _point_of(data: _Object) -> WikiPoint:
    section = data.line("section")
    if section and section not in COMMENTED:
        raise NotAnIdeasPage(f"A point is on the section “{section}”, which no idea has.")
    resolved = next(iter(data.objects("resolved")), None)
    return WikiPoint(
        data.line("author"),
        data.moment("at"),
        section,
        data.text("body"),
        tuple(_reply_of(reply) for reply in data.objects("replies")),
        _resolution_of(resolved) if resolved else None,
    )


def _reply_of(data: _Object) -> WikiPoint:
    if data.objects("replies"):
        raise NotAnIdeasPage("A reply has replies of its own; they belong to the point.")
    return _point_of(data)


def _resolution_of(data: _Object) -> WikiResolution:
    at = data.moment("at")
    if not at:
        raise NotAnIdeasPage("A point is resolved at no time.")
    return WikiResolution(at, data.line("by"), data.line("because"))
