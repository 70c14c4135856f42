"""The funded places of a round: added, taken away while they are free, and moved from one community to another."""

from django.db import transaction
from django.db.models import Q

from mentors.actions.breaking import break_seal
from mentors.actions.deciding import free_what_the_withdrawn_hold
from mentors.actions.in_line import in_line, undecided_yet
from mentors.models import Selection
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Participation, Slot

MOST = 100  # slots that a community funds in a round


@transaction.atomic
def add_slot(*, participation: Participation, by: User, sponsor: str = "") -> Slot:
    """Fund one more intern of a community. Raises Refused when it has as many as can be, and after the release."""
    participation = undecided_yet(participation.pk)
    if participation.slots.count() >= MOST:
        raise Refused(f"{participation.community} has {MOST} slots; more than that is not possible.")
    slot = Slot.objects.create(participation=participation, sponsor=sponsor)
    record("slot_added", slot, by=by, round=participation.round, after={"participation": participation.pk})
    return slot


@transaction.atomic
def remove_slot(*, slot: Slot, by: User) -> None:
    """Take a free slot away; a seal, which counted on it, is broken.

    Raises Refused when somebody has it, when it is not there any more, and after the release.
    """
    participation = undecided_yet(slot.participation_id)
    slot = _free(slot, participation)
    record("slot_removed", slot, by=by, round=participation.round, before={"participation": participation.pk})
    slot.delete()
    break_seal(round=participation.round, by=by)


@transaction.atomic
def move_slot(*, slot: Slot, to: Participation, by: User) -> None:
    """Give a free slot to another community of the round; a seal, which counted on it, is broken.

    Raises Refused when somebody has it, when it is not where it was, and after the release.
    """
    in_line(slot.participation_id, to.pk)
    participation, to = undecided_yet(slot.participation_id), undecided_yet(to.pk)
    if participation == to or participation.round != to.round:
        raise Refused("A slot moves to another community of the same round.")
    if to.slots.count() >= MOST:
        raise Refused(f"{to.community} has {MOST} slots; more than that is not possible.")
    slot = _free(slot, participation)
    slot.participation = to
    slot.save(update_fields=["participation"])
    before, after = {"participation": participation.pk}, {"participation": to.pk}
    record("slot_moved", slot, by=by, round=to.round, before=before, after=after)
    break_seal(round=to.round, by=by)


def _free(slot: Slot, participation: Participation) -> Slot:
    """The slot as it is now, which nobody has; who withdrew has none. The participation is locked."""
    stored = participation.slots.filter(pk=slot.pk).first()
    if stored is None:
        raise Refused("This slot has just been moved or taken away. Look at the slots again.")
    free_what_the_withdrawn_hold(Q(), participation)
    if Selection.objects.filter(slot=stored).exists():
        raise Refused("Somebody has this slot. Take that decision back first.")
    return stored
