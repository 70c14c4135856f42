"""Answering the offer of a place: she confirms or declines it by its day; a coordinator may give her time, or end it.

The place of an offer that is declined, lapsed or taken back is passed on by the floor above, which finds it.
"""

from datetime import datetime

from django.db import transaction

from applications import emails
from applications.models import Offer
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Phase
from opw.times import in_words
from projects.models import Intern

_Status = Offer.Status


@transaction.atomic
def confirm_offer(*, offer: Offer, by: User, received_at: datetime) -> None:
    """Take the place. Twice is once.

    Raises Refused for one that is declined, or whose time was over when this arrived.
    """
    offer = _locked(offer)
    if offer.status == _Status.CONFIRMED:
        return
    _check_open(offer, received_at)
    _answer(offer, _Status.CONFIRMED, by=by, at=received_at)


@transaction.atomic
def decline_offer(*, offer: Offer, by: User, received_at: datetime, reason: str = "") -> None:
    """Leave the place to somebody else; her name leaves the public page of interns. Twice is once.

    Raises Refused for one that is confirmed, or whose time was over when this arrived.
    """
    offer = _locked(offer)
    if offer.status == _Status.DECLINED:
        return
    if offer.status == _Status.CONFIRMED:
        raise Refused(
            "You confirmed this place. If you cannot take it after all, write to the mentors: the coordinators read it "
            "too, and give it to somebody else."
        )
    _check_open(offer, received_at)
    _answer(offer, _Status.DECLINED, by=by, at=received_at, reason=reason)
    _leave_the_interns(offer)


@transaction.atomic
def end_offer(*, offer: Offer, is_declined: bool, reason: str, words: str, by: User, at: datetime) -> None:
    """End an offer for somebody, confirmed or not, and tell her: she wrote that she declines, or it is taken back.

    Raises Refused without a reason, without words for her when it is taken back, for one that has ended, and once the
    internships are over.
    """
    offer = _locked(offer)
    if not reason.strip():
        raise Refused("Say why: the coordinators who come after you will ask.")
    if not (is_declined or words.strip()):
        raise Refused("Say it to her, too: nobody loses her place without being told why.")
    if offer in Offer.objects.ended():
        raise Refused(f"There is nothing to end: this offer is {offer.get_status_display()} already.")
    if offer.application.round.phase(at) == Phase.FINISHED:
        raise Refused("The internships of this round are over.")
    before, offer.status = offer.status, _Status.DECLINED if is_declined else _Status.TAKEN_BACK
    offer.answered_at, offer.reason = at, reason.strip()
    offer.save(update_fields=["status", "answered_at", "reason"])
    record(f"offer_{offer.status}", offer, by=by, before={"status": before})
    _leave_the_interns(offer)
    emails.tell_ended(offer, words)


@transaction.atomic
def give_time_to_answer(*, offer: Offer, until_at: datetime, by: User, at: datetime, reason: str) -> None:
    """Let an offer that is not answered stay open longer, and tell her.

    Raises Refused without a reason, for a moment that is no later than hers, has passed, or lies after the internship's
    first day; for one that is answered, or that lapsed.
    """
    offer = _locked(offer)
    if not reason.strip():
        raise Refused("Say why: the coordinators who come after you will ask.")
    if offer.status != _Status.OPEN:
        raise Refused(f"This offer is {offer.get_status_display()}; more time changes nothing.")
    if until_at <= max(at, offer.answer_by_at):
        raise Refused("That is no more time than she has, or it has passed.")
    if until_at.date() > offer.application.round.internship_starts_on:
        raise Refused("An offer stays open until the internship's first day, not longer.")
    before, offer.answer_by_at, offer.extended_because = offer.answer_by_at, until_at, reason.strip()
    offer.save(update_fields=["answer_by_at", "extended_because"])
    record(
        "offer_extended", offer, by=by, before={"until": before.isoformat()}, after={"until": until_at.isoformat()}
    )  # fmt: skip
    emails.tell_time_to_answer(offer)


@transaction.atomic
def lapse_offer(*, offer: Offer, now: datetime) -> None:
    """End an offer that nobody answered in time, and say so kindly. One that was answered meanwhile stays as it is."""
    offer = _locked(offer)
    if offer not in Offer.objects.lapsing(now):
        return
    offer.status = _Status.LAPSED
    offer.save(update_fields=["status"])
    record("offer_lapsed", offer, by=None)
    _leave_the_interns(offer)
    emails.tell_lapsed(offer)


def _leave_the_interns(offer: Offer) -> None:
    """Who does not take her place is no intern, in public as elsewhere."""
    application = offer.application
    Intern.objects.filter(round=application.round, person=application.applicant_id).delete()


def _locked(offer: Offer) -> Offer:
    return Offer.objects.select_for_update(of=["self"]).with_application().get(pk=offer.pk)


def _check_open(offer: Offer, received_at: datetime) -> None:
    if offer.status == _Status.DECLINED:
        raise Refused("You declined this place. If that was a mistake, write to the mentors at once.")
    if offer.status == _Status.TAKEN_BACK:
        raise Refused("This place was taken back; our letter says why. If that is wrong, write to the mentors at once.")
    if not offer.is_open(received_at):
        until = in_words(offer.answer_by_at, offer.application.applicant.timezone)
        raise Refused(
            f"This offer was open until {until}, and your answer came after that. Write to the mentors, in your "
            "messages with them: the coordinators read them too, and say whether the place is still free."
        )


def _answer(offer: Offer, status: Offer.Status, *, by: User, at: datetime, reason: str = "") -> None:
    before = offer.status
    offer.status, offer.answered_at, offer.reason = status, at, reason.strip()
    offer.save(update_fields=["status", "answered_at", "reason"])
    record(f"offer_{status}", offer, by=by, before={"status": before})
    emails.tell_answer(offer)
