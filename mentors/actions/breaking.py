"""A seal ends as soon as something else is decided than what it froze."""

from django.db import transaction
from django.utils import timezone

from mentors import emails
from mentors.actions.in_line import all_in_line
from mentors.models import Seal, SealQuerySet
from mentors.results import handed_in, results_of, still_hold
from opw.accounts.models import User
from opw.audit.models import record
from opw.rounds.models import Round


def break_changed_seals() -> None:
    """Break each seal that what it rests on has left, before the announcement; asked every minute by beat.

    Eligibility and marks are decided on the floor below, which knows of no seal.
    """
    for round in Round.objects.filter(pk__in=_watched().values("round")):
        with transaction.atomic():
            all_in_line(round)  # as who seals does: what is looked at is what is sealed
            break_seal_if_changed(round=round, by=None)


def break_seal_if_changed(*, round: Round, by: User | None) -> bool:
    """After every decision: whether a seal stood that no longer says what is decided. It is broken, in the decision's
    own transaction, and the program coordinators are told."""
    seal = _watched().filter(round=round).first()
    if seal is None or still_hold(seal, results_of(handed_in(round))):
        return False
    break_seal(round=round, by=by)
    return True


def break_seal(*, round: Round, by: User | None) -> None:
    """Break the seal that stands, if one does; by None, the portal found the change itself."""
    seal = _watched().select_for_update(of=["self"]).filter(round=round).first()
    if seal is None:
        return
    seal.broken_at = timezone.now()
    what = "A decision" if by else "A decision, somebody's eligibility or a mark"
    seal.broken_because = f"{what} was changed after the results were sealed."
    seal.save(update_fields=["broken_at", "broken_because"])
    record("seal_broken", seal, by=by, round=round)
    emails.tell_seal_broken(seal)


def _watched() -> SealQuerySet:
    """Those that stand and are not released; what was announced is not unsaid."""
    return Seal.objects.standing().filter(round__released_at__isnull=True)
