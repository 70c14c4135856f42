"""A seal ends as soon as something else is decided than what it froze."""

from django.utils import timezone

from mentors import emails
from mentors.models import Seal
from mentors.results import handed_in, results_of, still_hold
from opw.accounts.models import User
from opw.audit.models import record
from opw.rounds.models import Round


def break_seal_if_changed(*, round: Round, by: User | None) -> bool:
    """After every decision: whether a seal stood that no longer says what is decided. It is broken, in the decision's
    own transaction, and the program coordinators are told."""
    seal = Seal.objects.standing().filter(round=round).first()
    if seal is None or still_hold(seal, results_of(handed_in(round))):
        return False
    break_seal(round=round, by=by)
    return True


def break_seal(*, round: Round, by: User | None) -> None:
    """Break the seal that stands, if one does; by None, the portal found the change itself."""
    seal = Seal.objects.standing().select_for_update(of=["self"]).filter(round=round).first()
    if seal is None:
        return
    seal.broken_at = timezone.now()
    seal.broken_because = "A decision was changed after the results were sealed."
    seal.save(update_fields=["broken_at", "broken_because"])
    record("seal_broken", seal, by=by, round=round)
    emails.tell_seal_broken(seal)
