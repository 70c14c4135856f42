"""Places: who is accepted is offered one, and one that comes free goes to who waits first."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from applications import actions
from applications import emails as letters_to_applicants
from applications.models import Application, InitialApplication, Offer, answer_by
from mentors import emails
from mentors.actions.in_line import in_line
from mentors.confirming import free_slots
from mentors.models import Seal, Selection, WaitingPlace
from mentors.results import interns_of
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Participation, Phase, Round, Slot
from projects.models import Intern


def accept(applications: list[Application], round: Round, at: datetime) -> None:
    """Write down to the floors below that these are accepted: outcomes, public records of interns, and offers."""
    numbers = [application.pk for application in applications]
    Application.objects.filter(pk__in=numbers).update(outcome=Application.Outcome.ACCEPTED)
    Intern.objects.bulk_create(interns_of(round, applications))
    until = answer_by(round, at)
    Offer.objects.bulk_create(Offer(application=one, made_at=at, answer_by_at=until) for one in applications)


def pass_on(slot: Slot, participation: Participation, seal: Seal, at: datetime) -> Application | None:
    """Accept the first of the waiting list for a slot that came free, in the participation's line; nobody is told yet.

    Skips whoever withdrew, is not eligible, or is accepted elsewhere. None when nobody waits.
    """
    place = _first_of(participation)
    if place is None:
        return None
    application = place.application
    Selection.objects.create(
        application=application,
        initial_application=InitialApplication.objects.get(applicant=application.applicant_id, round=seal.round_id),
        slot=slot,
        proposed_by_id=seal.sealed_by_id,
        proposed_at=at,
        confirmed_by_id=seal.sealed_by_id,
        confirmed_at=at,
        reasons="From the waiting list: a place came free.",
    )
    place.delete()
    accept([application], participation.round, at)
    return application


def pass_on_free_places(now: datetime) -> None:
    """Let offers lapse whose time is over, and pass on what is free by that or declined; asked every minute by beat."""
    lapsing = Offer.objects.lapsing(now).values_list("application__listing__participation", flat=True)
    ended = Offer.objects.ended().filter(application=OuterRef("application"))
    held = Selection.objects.confirmed().filter(Exists(ended)).values_list("slot__participation", flat=True)
    for number in sorted({*lapsing, *held}):
        pass_on_places_of(number=number, now=now)


@transaction.atomic
def pass_on_places_of(*, number: int, now: datetime) -> None:
    """What is free of one participation goes to who waits, each place once; coordinators hear where nobody does."""
    [participation] = in_line(number)
    for offer in Offer.objects.lapsing(now).filter(application__listing__participation=participation).order_by("pk"):
        actions.lapse_offer(offer=offer, now=now)
    ended = Offer.objects.ended().filter(application=OuterRef("application"))
    held = Selection.objects.confirmed().filter(Exists(ended), slot__participation=participation)
    for selection in held.select_related("slot", "application__offer").order_by("pk"):
        slot = selection.slot
        assert slot
        _give_up(selection)
        record("place_came_free", selection, by=None, round=participation.round, before={"slot": slot.pk})
        _offer_to_next(slot, participation, selection, now)


@transaction.atomic
def end_place(*, offer: Offer, is_declined: bool, reason: str, words: str, by: User, at: datetime) -> None:
    """End the place of somebody who cannot take it, and pass it on at once.

    Raises Refused as ``applications.actions.end_offer`` does.
    """
    number = offer.application.listing.participation_id
    in_line(number)
    actions.end_offer(offer=offer, is_declined=is_declined, reason=reason, words=words, by=by, at=at)
    pass_on_places_of(number=number, now=at)


@transaction.atomic
def give_time_to_answer(*, offer: Offer, until_at: datetime, reason: str, by: User, at: datetime) -> None:
    """Keep an offer open longer. One that lapsed is open again, while the community has a place that nobody took.

    Raises Refused as ``applications.actions.give_time_to_answer`` does, and for a lapsed one whose place is taken.
    """
    [participation] = in_line(offer.application.listing.participation_id)
    if Offer.objects.filter(pk=offer.pk, status=Offer.Status.LAPSED).exists():
        _take_a_free_place(offer, participation, by=by, at=at)
    actions.give_time_to_answer(offer=offer, until_at=until_at, reason=reason, by=by, at=at)


def _first_of(participation: Participation) -> WaitingPlace | None:
    applicant = OuterRef("application__applicant")
    eligible = InitialApplication.objects.eligible().filter(applicant=applicant, round=participation.round_id)
    accepted = Application.objects.filter(
        applicant=applicant, listing__participation__round=participation.round_id, outcome=Application.Outcome.ACCEPTED
    )
    submitted = WaitingPlace.objects.filter(application__status=Application.Status.SUBMITTED)
    waiting = submitted.filter(Exists(eligible), ~Exists(accepted), participation=participation)
    return waiting.select_related("application__applicant", "application__listing__project").first()


def _offer_to_next(slot: Slot, participation: Participation, free: Selection, now: datetime) -> None:
    """Once internships have begun, places stay free: nobody could answer in time."""
    seal = Seal.objects.standing().filter(round=participation.round).first()
    has_begun = participation.round.phase(now) != Phase.ANNOUNCED
    application = None if has_begun or seal is None else pass_on(slot, participation, seal, now)
    if application is None:
        emails.tell_place_stays_free(participation, free.application.offer)
        return
    offer = Offer.objects.get(application=application)
    record("place_passed_on", offer, by=None, round=participation.round, after={"slot": slot.pk})
    letters_to_applicants.tell_place_came_free(offer)


def _take_a_free_place(offer: Offer, participation: Participation, *, by: User, at: datetime) -> None:
    slot = free_slots(participation).first()
    if slot is None:
        raise Refused(f"The offer has lapsed, and no place of {participation.community} is free any more.")
    Selection.objects.filter(application=offer.application).update(slot=slot, confirmed_by=by, confirmed_at=at)
    Offer.objects.filter(pk=offer.pk).update(status=Offer.Status.OPEN)
    Intern.objects.bulk_create(interns_of(participation.round, [offer.application]))


def _give_up(selection: Selection) -> None:
    selection.slot, selection.confirmed_by, selection.confirmed_at = None, None, None
    selection.save(update_fields=["slot", "confirmed_by", "confirmed_at"])
