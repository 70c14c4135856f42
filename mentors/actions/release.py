"""The announcement: the single moment at which a round's results become known."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from applications.models import Application, InitialApplication
from mentors import emails
from mentors.actions.breaking import break_seal_if_changed
from mentors.actions.in_line import all_in_line
from mentors.models import Seal, Selection
from mentors.results import Result, interns_of, told_to_each
from opw.audit.models import record
from opw.mail.actions import post
from opw.mail.compose import compose
from opw.rounds.models import Round
from projects.models import Intern


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
    all_in_line(round)  # before the round, as those who decide do
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
    results = _after_withdrawals([Result(**row) for row in seal.results], applications, seal)
    _write_down(round, results, applications)
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


def _after_withdrawals(sealed: list[Result], applications: dict[int, Application], seal: Seal) -> list[Result]:
    """The results without those who withdrew since the seal; each slot that came free goes to who waits first."""

    def withdrew(result: Result) -> bool:
        return applications[result.application].status == Application.Status.WITHDRAWN

    # All of them first: who withdrew here may be the first to wait elsewhere, and nobody holds two slots.
    withdrawn = Selection.objects.of_round(seal.round).filter(application__status=Application.Status.WITHDRAWN)
    withdrawn.update(slot=None, confirmed_by=None, confirmed_at=None)
    standing = {result.application: result for result in sealed if not withdrew(result)}
    for result in sealed:
        if withdrew(result) and result.slot is not None:
            _pass_on(result, standing, applications, seal)
    return list(standing.values())


def _pass_on(free: Result, standing: dict[int, Result], applications: dict[int, Application], seal: Seal) -> None:
    """Give a slot that came free to the first of its community's waiting list who is not accepted elsewhere."""
    community = applications[free.application].listing.participation_id
    accepted = {
        applications[number].applicant_id for number in _numbers(standing.values(), Application.Outcome.ACCEPTED)
    }
    waiting = sorted(
        (
            result
            for result in standing.values()
            if result.outcome == Application.Outcome.WAITING
            and applications[result.application].listing.participation_id == community
            and applications[result.application].applicant_id not in accepted
        ),
        key=lambda result: result.waiting or 0,
    )
    if not waiting:
        return
    first = applications[waiting[0].application]
    Selection.objects.create(
        application=first,
        initial_application=InitialApplication.objects.get(applicant=first.applicant, round=seal.round),
        slot_id=free.slot,
        proposed_by=seal.sealed_by,
        confirmed_by=seal.sealed_by,
        confirmed_at=seal.sealed_at,
        reasons="From the waiting list: the slot came free before the announcement.",
    )
    standing[first.pk] = Result(first.pk, Application.Outcome.ACCEPTED, slot=free.slot)


def _write_down(round: Round, results: list[Result], applications: dict[int, Application]) -> None:
    """Copy the results to the floors below: outcomes to the applications, and the public records of interns."""
    for outcome in Application.Outcome:
        Application.objects.filter(pk__in=_numbers(results, outcome)).update(outcome=outcome)
    accepted = [applications[number] for number in _numbers(results, Application.Outcome.ACCEPTED)]
    Intern.objects.bulk_create(interns_of(round, accepted))


def _numbers(results: Iterable[Result], outcome: str) -> list[int]:
    return [result.application for result in results if result.outcome == outcome]
