"""What every page knows: who reads it, and which deadline comes next."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from opw.accounts.models import User
from opw.rounds.models import Deadline, Deadlines
from opw.rounds.requests import current_deadlines
from opw.site.readers import with_roles


class Reader:
    """The roles of the person who reads the page."""

    def __init__(self, user: User | None) -> None:
        self.user = user

    @property
    def mentors(self) -> bool:
        """Whether she mentors a project."""
        return bool(self._roles["mentors"])

    @property
    def coordinates(self) -> bool:
        """Whether she coordinates a community or the program."""
        return bool(self._roles["coordinates"]) or bool(self.user and self.user.is_staff)

    @cached_property
    def _roles(self) -> dict[str, list[int]]:
        if self.user is None:
            return {"mentors": [], "coordinates": []}
        return self.user.roles or with_roles().get(pk=self.user.pk).roles or {}  # she has just signed in


@dataclass(frozen=True)
class NextDeadline:
    """What the bar under the masthead counts down to."""

    label: str
    at: datetime


def next_deadline(deadlines: Deadlines | None, user: User | None, now: datetime) -> NextDeadline | None:
    """The next moment of a round that concerns this reader: hers where she was given more time."""
    if deadlines is None or deadlines.round.is_released:
        return None
    round = deadlines.round
    closes_at = deadlines.of(Deadline.APPLICATIONS, person=user) if user else round.applications_close_at
    moments = [
        NextDeadline("until applications open", round.applications_open_at),
        NextDeadline("to apply", closes_at),
        NextDeadline("to contribute", round.contributions_close_at),
        NextDeadline("until the interns are announced", round.announcement_at),
    ]
    return next((moment for moment in moments if now < moment.at), None)


def reader(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    signed_in = getattr(request, "user", None)
    user = signed_in if isinstance(signed_in, User) else None
    now = getattr(request, "received_at", None) or timezone.now()
    return {
        "reader": Reader(user),
        "next_deadline": SimpleLazyObject(lambda: next_deadline(current_deadlines(request), user, now)),
    }
