"""A community's waiting list: who gets a slot that comes free, and in which order."""

from django.db import transaction

from applications.models import Application, InitialApplication
from mentors.actions.breaking import break_seal_if_changed
from mentors.actions.deciding import check_is_considered, check_reason
from mentors.actions.in_line import undecided_yet
from mentors.models import Selection, TakenBack, WaitingPlace
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Participation


@transaction.atomic
def put_on_waiting_list(*, application: Application, by: User, reason: str) -> WaitingPlace:
    """Add an applicant at the end of her community's waiting list in the round.

    Raises Refused for somebody who is selected, who waits already, who is not eligible, or whose application is not
    considered.
    """
    participation = undecided_yet(application.listing.participation_id)
    if Selection.objects.filter(application=application).exists():
        raise Refused("This applicant is proposed as an intern; take that back first.")
    if WaitingPlace.objects.filter(application=application).exists():
        raise Refused("This applicant is on the waiting list already.")
    check_is_considered(application)
    initial = InitialApplication.objects.filter(applicant=application.applicant_id, round=participation.round)
    if not initial.eligible().exists():
        raise Refused("It is not decided that this applicant can take part. A program coordinator decides that first.")
    last = _places(participation)[-1:]
    place = WaitingPlace.objects.create(
        participation=participation,
        application=application,
        position=last[0].position + 1 if last else 1,
        reason=reason,
    )
    record("put_on_waiting_list", place, by=by, round=participation.round)
    break_seal_if_changed(round=participation.round, by=by)
    return place


@transaction.atomic
def let_wait_before(*, place: WaitingPlace, other: WaitingPlace, by: User) -> None:
    """Move a place of a waiting list right before another one. All others keep their order; twice is once.

    A coordinator who does not see every place says so of two that she sees: those she does not see keep theirs.
    Raises Refused when one of them is not on the list any more.
    """
    participation = undecided_yet(place.participation_id)
    places = _places(participation)
    if place not in places or other not in places:
        raise Refused("One of them is not on this waiting list any more. Look at it again.")
    before, target = places.index(place), places.index(other)
    if before <= target:
        return
    places.insert(target, places.pop(before))
    for position, one in enumerate(places, start=1):
        one.position = position
    WaitingPlace.objects.bulk_update(places, ["position"])
    after = {"position": target + 1}
    record(
        "waiting_list_reordered", place, by=by, round=participation.round, before={"position": before + 1}, after=after
    )
    break_seal_if_changed(round=participation.round, by=by)


@transaction.atomic
def say_why_she_waits(*, place: WaitingPlace, by: User, reason: str) -> None:
    """Change the reason of a place on the waiting list. Raises Refused when it is not there any more."""
    participation = undecided_yet(place.participation_id)
    if not WaitingPlace.objects.filter(pk=place.pk).update(reason=reason):
        raise Refused("This applicant is not on the waiting list any more.")
    record("waiting_reason_changed", place, by=by, round=participation.round)


@transaction.atomic
def take_off_waiting_list(*, place: WaitingPlace, by: User, reason: str) -> None:
    """Take a place on the waiting list back; the application is undecided after it. Twice is once.

    Raises Refused without a reason, and once the results are released.
    """
    participation = undecided_yet(place.participation_id)
    check_reason(reason)
    stored = WaitingPlace.objects.filter(pk=place.pk).select_related("application").first()
    if stored is None:
        return
    record("taken_off_waiting_list", stored, by=by, round=participation.round, before={"position": stored.position})
    TakenBack.objects.create(
        application=stored.application,
        listing_id=stored.application.listing_id,
        decision=TakenBack.Decision.WAITING,
        reason=reason.strip(),
        by=by,
    )
    stored.delete()
    break_seal_if_changed(round=participation.round, by=by)


def _places(participation: Participation) -> list[WaitingPlace]:
    return list(WaitingPlace.objects.filter(participation=participation))
