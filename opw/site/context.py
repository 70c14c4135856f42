"""What every page knows: who reads it, and which deadline comes next."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Exists
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from opw.accounts.models import User
from opw.communities.models import Community
from opw.rounds.models import Deadline, Deadlines
from opw.rounds.requests import current_deadlines
from projects.models import Mentorship


class Reader:
    """The roles of the person who reads the page; each is asked of the database when a page first wants it."""

    def __init__(self, user: User | None) -> None:
        self.user = user

    @property
    def mentors(self) -> bool:
        """Whether she mentors a project."""
        return self._roles[0]

    @property
    def coordinates(self) -> bool:
        """Whether she coordinates a community or the program."""
        return self._roles[1]

    @cached_property
    def _roles(self) -> tuple[bool, bool]:
        if self.user is None:
            return False, False
        mentors = Exists(Mentorship.objects.confirmed().filter(user=self.user))
        coordinates = Exists(Community.objects.coordinated_by(self.user))
        asked = User.objects.filter(pk=self.user.pk).values_list(mentors, coordinates)
        is_mentor, is_coordinator = asked.get()
        return is_mentor, is_coordinator or self.user.is_staff


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
