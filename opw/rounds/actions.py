"""What happens to a round: its schedule, the communities that take part, and more time."""

from datetime import datetime
from typing import Any

from django.db import transaction

from opw.accounts.models import User
from opw.audit.models import record
from opw.communities.models import Community
from opw.errors import Refused
from opw.rounds.models import DAYS, MOMENTS, Deadline, Extension, Participation, Round, Slot


def schedule_of(round: Round) -> dict[str, str | bool]:
    """A round's schedule as the audit trail keeps it, and whether its seal needs an approval."""
    schedule = {name: getattr(round, name).isoformat() for name in [*MOMENTS, *DAYS]}
    return schedule | {"seal_needs_approval": round.seal_needs_approval}


@transaction.atomic
def create_round(*, round: Round, by: User) -> Round:
    """Add a round as filled in; its order and its place among the others are the database's to check."""
    round.save()
    record("round_created", round, by=by, round=round, after=schedule_of(round))
    return round


@transaction.atomic
def reschedule(*, round: Round, by: User, **changes: Any) -> None:
    """Change a round's name or schedule.

    Raises Refused once the results are released: what was announced has happened.
    """
    stored = Round.objects.select_for_update().get(pk=round.pk)
    if stored.is_released:
        raise Refused("The results of this round are released; its schedule stays as it was.")
    before = schedule_of(stored)
    for name, value in changes.items():
        setattr(stored, name, value)
    stored.full_clean()
    stored.save()
    record("round_rescheduled", stored, by=by, round=stored, before=before, after=schedule_of(stored))


@transaction.atomic
def take_part(*, round: Round, community: Community, slots: int, by: User) -> Participation:
    """Let a community take part in a round with this many funded slots; more slots can be added later."""
    participation, created = Participation.objects.get_or_create(round=round, community=community)
    if not created:
        raise Refused(f"{community} already takes part in {round}.")
    Slot.objects.bulk_create([Slot(participation=participation) for _ in range(slots)])
    record("participation_added", participation, by=by, round=round, after={"slots": slots})
    return participation


@transaction.atomic
def extend(
    *,
    round: Round,
    deadline: Deadline,
    until_at: datetime,
    reason: str,
    by: User,
    community: Community | None = None,
    person: User | None = None,
) -> Extension:
    """Give a round, a community or one person more time for one deadline.

    Raises Refused when it would reach past the close of selection, or be no more time than everybody has.
    """
    if until_at > round.selection_closes_at:
        raise Refused("More time can be given until the close of selection, not past it.")
    if until_at <= getattr(round, deadline):
        raise Refused("That is no more time than the schedule gives to everybody.")
    extension = Extension.objects.create(
        round=round,
        community=community,
        person=person,
        deadline=deadline,
        until_at=until_at,
        reason=reason,
        granted_by=by,
    )
    record("extension_granted", extension, by=by, after={"deadline": deadline, "until_at": until_at.isoformat()})
    return extension


@transaction.atomic
def revoke_extension(*, extension: Extension, at: datetime, by: User) -> None:
    """Take an extension back; what was submitted under it stays.

    Raises Refused for one that was taken back before.
    """
    extension = Extension.objects.select_for_update(of=["self"]).get(pk=extension.pk)
    if extension.revoked_at:
        raise Refused("This extension was taken back before.")
    extension.revoked_at = at
    extension.save(update_fields=["revoked_at"])
    record("extension_revoked", extension, by=by)
