"""A round's schedule as points on a line of time, with today among them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, Protocol

from opw.times import LATE


class Schedule(Protocol):
    """What of a round's dates the line of time shows."""

    @property
    def applications_open_at(self) -> datetime: ...
    @property
    def applications_close_at(self) -> datetime: ...
    @property
    def contributions_close_at(self) -> datetime: ...
    @property
    def announcement_at(self) -> datetime: ...
    @property
    def internship_starts_on(self) -> date: ...
    @property
    def internship_ends_on(self) -> date: ...
    @property
    def released_at(self) -> datetime | None: ...


@dataclass(frozen=True)
class Point:
    """One point on the line: a date of the schedule, or today."""

    state: Literal["past", "now", "ahead"]
    on: date
    words: str
    at: datetime | None = None


@dataclass(frozen=True)
class _Milestone:
    on: date
    words: str
    passed: bool
    then: str  # what the time after it is for
    at: datetime | None = None


def points(round: Schedule, now: datetime) -> list[Point]:
    """The round's dates in order, today in its place among them until the internships are over."""
    milestones = _milestones(round, now)
    passed = next((i for i, milestone in enumerate(milestones) if not milestone.passed), len(milestones))
    line = [Point("past", each.on, each.words, each.at) for each in milestones[:passed]]
    if passed < len(milestones):
        line.append(Point("now", now.astimezone(UTC).date(), milestones[passed - 1].then if passed else "Not open yet"))
    return line + [Point("ahead", each.on, each.words, each.at) for each in milestones[passed:]]


def is_late(round: Schedule, now: datetime) -> bool:
    """Whether the announcement hour has passed without results."""
    return round.released_at is None and round.announcement_at + LATE <= now


def _milestones(round: Schedule, now: datetime) -> list[_Milestone]:
    def at(moment: datetime, words: str, then: str, *, passed: bool) -> _Milestone:
        return _Milestone(moment.astimezone(UTC).date(), words, passed, then, moment)

    def on(day: date, words: str, then: str) -> _Milestone:
        return _Milestone(day, words, day <= now.astimezone(UTC).date(), then)

    opened, closed = round.applications_open_at, round.applications_close_at
    worked_until = round.contributions_close_at
    chosen = "Results are late" if is_late(round, now) else "Mentors choose"
    ends = [
        at(closed, "Applications close", "Contributions go on", passed=closed <= now),
        at(worked_until, "Contributions close", chosen, passed=worked_until <= now),
    ]
    if closed == worked_until:
        ends = [at(closed, "Applications and contributions close", chosen, passed=closed <= now)]
    return [
        at(opened, "Applications open", "Contribute and apply", passed=opened <= now),
        *sorted(ends, key=lambda end: end.on),
        # Announced is what has been released, however late it comes.
        at(
            round.released_at or round.announcement_at,
            "Interns announced",
            "Interns get ready",
            passed=round.released_at is not None,
        ),
        on(round.internship_starts_on, "Internships begin", "Interns at work"),
        on(round.internship_ends_on, "Internships end", ""),
    ]
