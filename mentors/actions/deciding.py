"""Choosing interns: proposals, slots, the waiting list, and who is not accepted."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from applications.models import Application, InitialApplication
from mentors.models import RestNotAccepted, Selection, WaitingPlace
from mentors.results import is_considered
from opw.accounts.models import User
from opw.audit.models import record
from opw.communities.permissions import may_run
from opw.errors import Refused
from opw.rounds.models import Participation, Slot
from projects.models import Listing


@transaction.atomic
def propose_selection(*, application: Application, by: User, reasons: str, at: datetime) -> Selection:
    """Propose an applicant as the intern of the project she applied to; nobody outside hears of it.

    Raises Refused after the close of selection (coordinators go on until the release), for an application that is not
    considered, and for one that is proposed already.
    """
    participation = _locked_participation(application)
    _check_not_released(participation)
    if at >= participation.round.selection_closes_at and not may_run(by, participation.community):
        raise Refused("Selection is closed. Ask a coordinator of your community.")
    application.refresh_from_db(fields=["status"])  # it may have been withdrawn while we waited in line
    if application.status != Application.Status.SUBMITTED or not is_considered(application):
        raise Refused("This application has no contribution that counts, so it is not considered.")
    initial = InitialApplication.objects.get(applicant=application.applicant_id, round=participation.round)
    selection, created = Selection.objects.get_or_create(
        application=application,
        defaults={"initial_application": initial, "proposed_by": by, "proposed_at": at, "reasons": reasons},
    )
    if not created:
        raise Refused("This applicant is proposed already.")
    WaitingPlace.objects.filter(application=application).delete()
    record("selection_proposed", selection, by=by, round=participation.round)
    return selection


@transaction.atomic
def confirm_selection(*, selection: Selection, by: User, at: datetime) -> None:
    """Give the proposed intern one of the community's slots, and tell nobody.

    Raises Refused when no slot is free, when the listing has the interns it wants, or when another listing wants the
    same person. Confirming twice is confirming once.
    """
    participation = _locked_participation(selection.application)
    locked = Selection.objects.select_for_update(of=["self"]).select_related("application__listing")
    stored = locked.filter(pk=selection.pk).first()
    if stored is None:
        raise Refused("Somebody has just taken this proposal back.")
    selection = stored
    if selection.is_confirmed:
        return
    _check_not_released(participation)
    _free_what_the_withdrawn_hold(selection, participation)
    _check_can_be_confirmed(selection, participation)
    selection.slot = free_slots(participation).first()
    selection.confirmed_by, selection.confirmed_at = by, at
    try:
        with transaction.atomic():
            selection.save(update_fields=["slot", "confirmed_by", "confirmed_at"])
    except IntegrityError:
        raise Refused(
            "Another project has just confirmed this applicant. A program coordinator settles that."
        ) from None
    record("selection_confirmed", selection, by=by, round=participation.round)


@transaction.atomic
def withdraw_selection(*, selection: Selection, by: User, reason: str) -> None:
    """Take a proposal or a confirmation back; its slot is free again. The application is undecided after it.

    Raises Refused without a reason, and once the results are released.
    """
    participation = _locked_participation(selection.application)
    _check_not_released(participation)
    if not reason.strip():
        raise Refused("Say why the decision is taken back.")
    stored = Selection.objects.filter(pk=selection.pk).first()
    if stored is None:
        return  # somebody else has just taken it back
    record("selection_withdrawn", stored, by=by, round=participation.round, before={"slot": stored.slot_id})
    stored.delete()


@transaction.atomic
def put_on_waiting_list(*, application: Application, by: User, reason: str) -> WaitingPlace:
    """Add an applicant at the end of her community's waiting list in the round.

    Raises Refused for somebody who is selected, who waits already, or whose application is not considered.
    """
    participation = _locked_participation(application)
    _check_not_released(participation)
    if Selection.objects.filter(application=application).exists():
        raise Refused("This applicant is proposed as an intern; take that back first.")
    if WaitingPlace.objects.filter(application=application).exists():
        raise Refused("This applicant is on the waiting list already.")
    application.refresh_from_db(fields=["status"])  # it may have been withdrawn while we waited in line
    if application.status != Application.Status.SUBMITTED or not is_considered(application):
        raise Refused("This application has no contribution that counts, so it is not considered.")
    last = WaitingPlace.objects.filter(participation=participation).aggregate(last=Max("position"))["last"] or 0
    place = WaitingPlace.objects.create(
        participation=participation, application=application, position=last + 1, reason=reason
    )  # fmt: skip
    record("put_on_waiting_list", place, by=by, round=participation.round)
    return place


@transaction.atomic
def decline_rest(*, listing: Listing, by: User) -> None:
    """Decide that a listing's other applicants, neither selected nor waiting, are not accepted. Twice is once."""
    _check_not_released(listing.participation)
    rest, created = RestNotAccepted.objects.get_or_create(listing=listing, defaults={"decided_by": by})
    if created:
        record("rest_not_accepted", rest, by=by, round=listing.round)


def free_slots(participation: Participation) -> QuerySet[Slot]:
    """The slots of a participation that nobody has."""
    taken = Selection.objects.filter(slot=OuterRef("pk"))
    return participation.slots.filter(~Exists(taken))


def _free_what_the_withdrawn_hold(selection: Selection, participation: Participation) -> None:
    """Who withdrew has no slot any more, here or anywhere else where this applicant had one."""
    withdrew = Selection.objects.confirmed().filter(application__status=Application.Status.WITHDRAWN)
    theirs = Q(slot__participation=participation) | Q(initial_application=selection.initial_application_id)
    held = withdrew.filter(theirs).select_for_update(of=["self"]).order_by("pk")  # in one order: no deadlock
    Selection.objects.filter(pk__in=[one.pk for one in held]).update(slot=None, confirmed_by=None, confirmed_at=None)


def _locked_participation(application: Application) -> Participation:
    """The participation's row, locked: all decisions about its slots stand in one line."""
    participations = Participation.objects.select_for_update(of=["self"]).select_related("round", "community")
    return participations.get(pk=application.listing.participation_id)


def _check_not_released(participation: Participation) -> None:
    if participation.round.is_released:
        raise Refused("The results of this round are out; decisions stay as they are.")


def _check_can_be_confirmed(selection: Selection, participation: Participation) -> None:
    if selection.application.status != Application.Status.SUBMITTED:
        raise Refused("The applicant has withdrawn this application.")
    if not InitialApplication.objects.filter(pk=selection.initial_application_id).eligible().exists():
        raise Refused("It is not decided that this applicant can take part. A program coordinator decides that first.")
    if Selection.objects.in_conflict_with(selection).exists():
        raise Refused("Another project wants this applicant. A program coordinator settles that first.")
    listing = selection.application.listing
    if Selection.objects.confirmed().filter(application__listing=listing).count() >= listing.interns_wanted:
        raise Refused("This project has the interns it wants.")
    if not free_slots(participation).exists():
        raise Refused(f"Every slot of {participation.community} is taken.")
