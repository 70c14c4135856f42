"""The announcement: the single moment at which a round's results become known."""

from datetime import datetime, timedelta

from django.db import transaction

from applications.models import Application
from mentors import emails
from mentors.actions.breaking import break_seal_if_changed
from mentors.actions.in_line import all_in_line
from mentors.actions.places import accept, pass_on
from mentors.models import Seal, Selection
from mentors.results import Result, told_to_each
from opw.audit.models import record
from opw.mail.actions import post
from opw.mail.compose import compose
from opw.rounds.models import Participation, Round, Slot


def release_due_rounds(now: datetime) -> None:
    """Release every round whose announcement hour has come; called every few seconds by beat."""
    for round in Round.objects.filter(announcement_at__lte=now, released_at__isnull=True):
        release_results(round=round, now=now)


@transaction.atomic
def release_results(*, round: Round, now: datetime) -> bool:
    """Write a round's sealed results down and tell everybody: all of it in one transaction, once.

    Whether it was released. Without a seal, without the approval that the round asks for, or when a decision changed
    since, nothing is released and the program coordinators are told. An applicant who withdrew since the seal has no
    result; her slot goes to the waiting list.
    """
    participations = all_in_line(round)  # before the round, as those who decide do
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.is_released or now < round.announcement_at:
        return False
    seal = Seal.objects.standing().filter(round=round).first()
    if seal is None:
        emails.tell_not_sealed(round)
        return False
    if seal.waits_for_approval:
        emails.tell_not_approved(seal)
        return False
    applications = _locked_applications(seal)
    if break_seal_if_changed(round=round, by=None):
        return False
    results = _write_down(seal, applications, participations, now)
    round.released_at = now
    round.save(update_fields=["released_at"])
    told = told_to_each((result, applications[result.application].applicant_id) for result in results)
    post([compose(draft) for draft in emails.result_letters(round, told, applications)])
    late = (now - round.announcement_at) // timedelta(minutes=1)
    record("results_released", seal, by=None, round=round, after={"sha256": seal.sha256, "minutes_late": late})
    return True


def _locked_applications(seal: Seal) -> dict[int, Application]:
    """The sealed applications by number, locked so that nobody withdraws meanwhile."""
    numbers = [row["application"] for row in seal.results]
    locked = Application.objects.select_for_update(of=["self"]).with_listing().filter(pk__in=numbers).order_by("pk")
    return {application.pk: application for application in locked}


def _write_down(
    seal: Seal, applications: dict[int, Application], participations: list[Participation], now: datetime
) -> list[Result]:
    """Copy the sealed results to the floors below, without those who withdrew since; what is told, in the end.

    All slots of those are free before the first of them goes to who waits: who withdrew here may be the first to wait
    elsewhere, and nobody holds two slots.
    """
    sealed = [Result(**row) for row in seal.results]
    withdrawn = [one for one in sealed if applications[one.application].status == Application.Status.WITHDRAWN]
    standing = {one.application: one for one in sealed if one not in withdrawn}
    for outcome in set(Application.Outcome) - {Application.Outcome.ACCEPTED}:
        numbers = [one.application for one in standing.values() if one.outcome == outcome]
        Application.objects.filter(pk__in=numbers).update(outcome=outcome)
    accept([applications[one.application] for one in standing.values() if one.is_accepted], seal.round, now)
    gone = Selection.objects.of_round(seal.round).filter(application__status=Application.Status.WITHDRAWN)
    gone.update(slot=None, confirmed_by=None, confirmed_at=None)
    for slot in Slot.objects.filter(pk__in=[one.slot for one in withdrawn if one.slot]):
        [participation] = [one for one in participations if one.pk == slot.participation_id]
        if first := pass_on(slot, participation, seal, now):
            standing[first.pk] = Result(first.pk, Application.Outcome.ACCEPTED, slot=slot.pk)
    return list(standing.values())
