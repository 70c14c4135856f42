"""Choosing interns: proposals, slots, and who is not accepted."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from applications.models import Application, InitialApplication
from mentors.actions.breaking import break_seal_if_changed
from mentors.actions.in_line import undecided_yet
from mentors.confirming import free_slots, why_not_confirmed, with_facts
from mentors.models import RestNotAccepted, Selection, TakenBack, WaitingPlace
from mentors.results import is_considered
from opw.accounts.models import User
from opw.audit.models import record
from opw.communities.permissions import may_run
from opw.errors import Refused
from opw.rounds.models import Participation
from projects.models import Listing


@transaction.atomic
def propose_selection(*, application: Application, by: User, reasons: str, at: datetime) -> Selection:
    """Propose an applicant as the intern of the project she applied to; nobody outside hears of it.

    Raises Refused after the close of selection (coordinators go on until the release), for an application that is not
    considered, and for one that is proposed already.
    """
    participation = undecided_yet(application.listing.participation_id)
    if at >= participation.round.selection_closes_at and not may_run(by, participation.community):
        raise Refused("Selection is closed. Ask a coordinator of your community.")
    check_is_considered(application)
    initial = InitialApplication.objects.get(applicant=application.applicant_id, round=participation.round)
    selection, created = Selection.objects.get_or_create(
        application=application,
        defaults={"initial_application": initial, "proposed_by": by, "proposed_at": at, "reasons": reasons},
    )
    if not created:
        raise Refused("This applicant is proposed already.")
    WaitingPlace.objects.filter(application=application).delete()
    record("selection_proposed", selection, by=by, round=participation.round)
    break_seal_if_changed(round=participation.round, by=by)
    return selection


@transaction.atomic
def confirm_selection(*, selection: Selection, by: User, at: datetime) -> None:
    """Give the proposed intern one of the community's slots, and tell nobody.

    Raises Refused when no slot is free, when the listing has the interns it wants, or when another listing wants the
    same person. Confirming twice is confirming once.
    """
    participation = undecided_yet(selection.application.listing.participation_id)
    stored = Selection.objects.select_for_update(of=["self"]).filter(pk=selection.pk).first()
    if stored is None:
        raise Refused("Somebody has just taken this proposal back.")
    if stored.is_confirmed and stored.application.status == Application.Status.SUBMITTED:
        return
    free_what_the_withdrawn_hold(Q(initial_application=stored.initial_application_id), participation)
    free = list(free_slots(participation))
    selection = with_facts(Selection.objects.filter(pk=stored.pk)).get()
    if why_not := why_not_confirmed(selection, participation, len(free)):
        raise Refused(why_not)
    selection.slot, selection.confirmed_by, selection.confirmed_at = free[0], by, at
    try:
        with transaction.atomic():
            selection.save(update_fields=["slot", "confirmed_by", "confirmed_at"])
    except IntegrityError:
        raise Refused(
            "Another project has just confirmed this applicant. A program coordinator settles that."
        ) from None
    record("selection_confirmed", selection, by=by, round=participation.round)
    break_seal_if_changed(round=participation.round, by=by)


@transaction.atomic
def withdraw_selection(*, selection: Selection, by: User, reason: str) -> None:
    """Take a proposal or a confirmation back; its slot is free again. The application is undecided after it.

    Raises Refused without a reason, and once the results are released.
    """
    participation = undecided_yet(selection.application.listing.participation_id)
    check_reason(reason)
    stored = Selection.objects.filter(pk=selection.pk).select_related("application").first()
    if stored is None:
        return  # somebody else has just taken it back
    record("selection_withdrawn", stored, by=by, round=participation.round, before={"slot": stored.slot_id})
    TakenBack.objects.create(
        application=stored.application,
        listing_id=stored.application.listing_id,
        decision=TakenBack.Decision.CONFIRMATION if stored.is_confirmed else TakenBack.Decision.PROPOSAL,
        reason=reason.strip(),
        by=by,
    )
    stored.delete()
    break_seal_if_changed(round=participation.round, by=by)


@transaction.atomic
def decline_rest(*, listing: Listing, by: User) -> None:
    """Decide that a listing's other applicants, neither selected nor waiting, are not accepted. Twice is once."""
    participation = undecided_yet(listing.participation_id)
    rest, created = RestNotAccepted.objects.get_or_create(listing=listing, defaults={"decided_by": by})
    if created:
        record("rest_not_accepted", rest, by=by, round=participation.round)
        break_seal_if_changed(round=participation.round, by=by)


@transaction.atomic
def take_rest_back(*, listing: Listing, by: User, reason: str) -> None:
    """Leave a listing's other applicants undecided again. Twice is once.

    Raises Refused without a reason, and once the results are released.
    """
    participation = undecided_yet(listing.participation_id)
    check_reason(reason)
    rest = RestNotAccepted.objects.filter(listing=listing).first()
    if rest is None:
        return
    record("rest_taken_back", rest, by=by, round=participation.round)
    TakenBack.objects.create(listing=listing, decision=TakenBack.Decision.REST, reason=reason.strip(), by=by)
    rest.delete()
    break_seal_if_changed(round=participation.round, by=by)


def free_what_the_withdrawn_hold(also: Q, participation: Participation) -> None:
    """Who withdrew has no slot any more, in this participation; nor those of others for which ``also`` holds."""
    withdrew = Selection.objects.confirmed().filter(application__status=Application.Status.WITHDRAWN)
    held = withdrew.filter(Q(slot__participation=participation) | also)
    held = held.select_for_update(of=["self"]).order_by("pk")  # in one order: no deadlock
    Selection.objects.filter(pk__in=[one.pk for one in held]).update(slot=None, confirmed_by=None, confirmed_at=None)


def check_is_considered(application: Application) -> None:
    """Raise Refused for an application that gets no place; it may have been withdrawn while one stood in line."""
    application.refresh_from_db(fields=["status"])
    if application.status != Application.Status.SUBMITTED or not is_considered(application):
        raise Refused("This application has no contribution that counts, so it is not considered.")


def check_reason(reason: str) -> None:
    """Raise Refused when nobody could read later why a decision was taken back."""
    if not reason.strip():
        raise Refused("Say why the decision is taken back.")
