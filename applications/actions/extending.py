"""More time for applicants, by coordinators; it moves what is on time, reminders and calendars."""

from datetime import datetime

from django.db import transaction

from applications import emails
from opw.accounts.models import User
from opw.communities.models import Community
from opw.errors import Refused
from opw.rounds.actions import extend, revoke_extension
from opw.rounds.models import Deadline, Extension, Round


@transaction.atomic
def give_more_time(
    *,
    round: Round,
    deadline: Deadline,
    until_at: datetime,
    reason: str,
    by: User,
    at: datetime,
    community: Community | None = None,
    person: User | None = None,
) -> Extension:
    """Extend a deadline for everybody, a community or one person, who is told by letter.

    Raises Refused for a moment that has passed, past the close of selection, or no later than the schedule's.
    """
    if until_at <= at:
        raise Refused("That moment has passed; give time that is still to come.")
    extension = extend(
        round=round, deadline=deadline, until_at=until_at, reason=reason, by=by, community=community, person=person
    )
    if person:
        emails.tell_more_time(extension)
    return extension


@transaction.atomic
def take_time_back(*, extension: Extension, by: User, at: datetime) -> None:
    """Revoke an extension; what was submitted under it stays. A person is told by letter."""
    revoke_extension(extension=extension, at=at, by=by)
    if extension.person:
        emails.tell_time_taken_back(extension)
