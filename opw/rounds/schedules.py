"""The schedule of a new round: the last one's distances, or those the program always had."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from opw.rounds.models import DAYS, MOMENTS, Extension, Round

PROGRAM_HOUR = time(19, tzinfo=UTC)  # deadlines fall on it

# In days after the publication; round 7 of 2013 had them.
_DISTANCES = {
    "published_at": 0,
    "applications_open_at": 0,
    "applications_close_at": 41,
    "contributions_close_at": 41,
    "selection_closes_at": 52,
    "announcement_at": 55,
    "offers_answered_by_at": 62,
    "internship_starts_on": 70,
    "internship_ends_on": 160,
    "answers_purged_on": 190,
}


def schedule_from(published_on: date, last: Round | None) -> dict[str, datetime | date | bool]:
    """Moments and days of a round published on this day, as far apart as those of the last round, sealed as it was."""
    if last is None:
        moments: dict[str, datetime | date | bool] = {
            name: _at_program_hour(published_on, _DISTANCES[name]) for name in MOMENTS
        }
        return moments | {name: published_on + timedelta(days=_DISTANCES[name]) for name in DAYS}
    shift = timedelta(days=(published_on - last.published_at.astimezone(UTC).date()).days)
    schedule: dict[str, datetime | date | bool] = {name: getattr(last, name) + shift for name in [*MOMENTS, *DAYS]}
    return schedule | {"seal_needs_approval": last.seal_needs_approval}


def begins_after(last: Round | None, today: date) -> date:
    """The first day on which a new round can be published: today, or the day after the last one's announcement."""
    return max(today, last.announcement_at.astimezone(UTC).date() + timedelta(days=1)) if last else today


@dataclass(frozen=True)
class Change:
    """One line of a schedule that would be another one."""

    name: str
    words: str
    before: datetime | date
    after: datetime | date

    @property
    def is_moment(self) -> bool:
        return isinstance(self.after, datetime)


def changes_between(stored: Round, proposed: Round) -> list[Change]:
    """What a new schedule moves, in the schedule's order."""
    return [
        Change(field.name, str(field.verbose_name), getattr(stored, field.name), getattr(proposed, field.name))
        for field in Round._meta.fields
        if field.name in [*MOMENTS, *DAYS] and getattr(stored, field.name) != getattr(proposed, field.name)
    ]


@dataclass(frozen=True)
class Line:
    """One line of a new round's schedule, and how many days after the line before it comes."""

    words: str
    at: datetime | date
    weekday: str  # in UTC
    days: int
    has_passed: bool

    @property
    def is_moment(self) -> bool:
        return isinstance(self.at, datetime)


def lines_of(round: Round, now: datetime) -> list[Line]:
    """A round's schedule, line by line."""
    lines: list[Line] = []
    before = round.published_at.astimezone(UTC).date()
    for field in Round._meta.fields:
        if field.name in [*MOMENTS, *DAYS]:
            at: datetime | date = getattr(round, field.name)
            on = at.astimezone(UTC).date() if isinstance(at, datetime) else at
            has_passed = at <= now if isinstance(at, datetime) else on < now.astimezone(UTC).date()
            lines.append(Line(str(field.verbose_name), at, f"{on:%A}", (on - before).days, has_passed))
            before = on
    return lines


def without_effect(proposed: Round) -> list[Extension]:
    """The extensions in force that would give no time any more: the schedule gives as much to everybody."""
    given = proposed.extensions.in_force().select_related("community", "person")
    return [one for one in given if one.until_at <= getattr(proposed, one.deadline)]


def cut_short(proposed: Round) -> list[Extension]:
    """The extensions in force that would reach past the close of selection, and end there."""
    given = proposed.extensions.in_force().select_related("community", "person")
    return [one for one in given if one.until_at > proposed.selection_closes_at]


def _at_program_hour(first: date, days: int) -> datetime:
    return datetime.combine(first + timedelta(days=days), PROGRAM_HOUR)
