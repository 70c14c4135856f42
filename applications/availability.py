"""What an applicant's other commitments leave of her weeks in an internship. Pure arithmetic, no database.

A week counts from the day on which the internship starts; the last one may be shorter. A commitment takes its hours a
week in proportion to its days in that week, and commitments add up. A person has sixty hours a week for work of every
kind; the internship asks for forty of them, so a week is free when other commitments take twenty hours of it at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

HOURS_OF_A_WEEK = 60
HOURS_OF_AN_INTERNSHIP = 40
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Commitment:
    """A job, studies or something else that takes hours of every week between two days, both included."""

    what: str
    starts_on: date
    ends_on: date
    hours: int

    def days_between(self, first: date, last: date) -> int:
        """How many of its days lie between two days, both included."""
        return max(0, (min(self.ends_on, last) - max(self.starts_on, first)).days + 1)


@dataclass(frozen=True)
class Week:
    """One week of an internship, and the hours of it that other commitments leave."""

    starts_on: date
    ends_on: date
    free_hours: int

    @property
    def taken_hours(self) -> int:
        """What is missing of the hours an internship asks for."""
        return HOURS_OF_AN_INTERNSHIP - self.free_hours

    @property
    def is_free(self) -> bool:
        return self.free_hours >= HOURS_OF_AN_INTERNSHIP


@dataclass(frozen=True)
class Availability:
    """The weeks of an internship, what takes time in them, and what they sum up to."""

    weeks: list[Week]
    commitments: list[Commitment]

    @property
    def bars(self) -> list[tuple[Commitment, int, int]]:
        """Each commitment with its beginning and length on the internship's line, in thousandths of it."""
        return [(one, *self._place(one.starts_on, one.ends_on)) for one in self.commitments]

    @property
    def columns(self) -> list[tuple[Week, int, int]]:
        """Each week with its beginning and length on the same line."""
        return [(week, *self._place(week.starts_on, week.ends_on)) for week in self.weeks]

    @property
    def free_weeks(self) -> int:
        """The weeks that have all the hours an internship asks for."""
        return sum(week.is_free for week in self.weeks)

    @property
    def free_hours(self) -> int:
        """Free hours a week, on average and rounded down; never more than an internship asks for."""
        return sum(week.free_hours for week in self.weeks) // len(self.weeks)

    def _place(self, starts_on: date, ends_on: date) -> tuple[int, int]:
        first, last = self.weeks[0].starts_on, self.weeks[-1].ends_on
        days = (last - first).days + 1
        inside = max(0, (min(ends_on, last) - max(starts_on, first)).days + 1)
        return max(0, (starts_on - first).days) * 1000 // days, inside * 1000 // days


def availability(starts_on: date, ends_on: date, commitments: Iterable[Commitment]) -> Availability:
    """What these commitments leave of an internship between two days, both included."""
    known = list(commitments)
    weeks, first = [], starts_on
    while first <= ends_on:
        last = min(first + _WEEK - _DAY, ends_on)
        weeks.append(Week(first, last, _free_hours(first, last, known)))
        first += _WEEK
    return Availability(weeks, known)


def commitments_in(answer: list[dict[str, Any]]) -> list[Commitment]:
    """The commitments of an answer; rows of a draft that are not whole yet are left out."""
    return [found for row in answer if (found := _commitment(row))]


def _free_hours(first: date, last: date, commitments: list[Commitment]) -> int:
    days = (last - first).days + 1
    taken = sum(one.hours * one.days_between(first, last) for one in commitments)
    # Rounded down in whole numbers: no hour is promised that is not there.
    left = (HOURS_OF_A_WEEK * days - taken) // days
    return max(0, min(HOURS_OF_AN_INTERNSHIP, left))


def _commitment(row: dict[str, Any]) -> Commitment | None:
    try:
        first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["until"])
        return Commitment(str(row["what"]), first, last, int(row["hours"]))
    except (KeyError, TypeError, ValueError):
        return None
