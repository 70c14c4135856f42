"""Sealing, approving and announcing at the same moment as something else: what was decided is announced, once."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.actions import withdraw_application
from applications.models import Application
from mentors import actions
from mentors.models import Seal, Selection
from mentors.results import handed_in, results_of, still_hold
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter, Topic
from opw.rounds.models import Round
from projects.models import Intern
from tests import make, scenarios
from tests.scenarios import Decided
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db(transaction=True)


def sealing(decided: Decided):
    """A deed: to seal the results by form."""
    return posting(browser_of(decided.program_coordinator), reverse("mentors:seal", args=[decided.round.slug]))


def what_stands_is_decided(round: Round) -> bool:
    """Whether the seal, if one stands, says what is decided."""
    seals = Seal.objects.standing().filter(round=round)
    return all(still_hold(seal, results_of(handed_in(round))) for seal in seals)


def told() -> dict[int | None, int]:
    """How many result letters each person has."""
    letters: dict[int | None, int] = {}
    for recipient in Letter.objects.filter(topic=Topic.RESULT).values_list("recipient", flat=True):
        letters[recipient] = letters.get(recipient, 0) + 1
    return letters


def announce(round: Round) -> None:
    scenarios.reach(Round.objects.get(pk=round.pk), "announcement_at")
    actions.release_due_rounds(now=timezone.now())


def test_who_withdraws_while_results_are_sealed_has_no_result_and_everybody_else_has_one():
    decided = scenarios.selected_not_selected_and_waiting()
    before = decided.round.announcement_at - timedelta(days=1)

    def withdraw() -> None:
        withdraw_application(application=decided.not_selected, by=decided.not_selected.applicant, received_at=before)

    together(sealing(decided), withdraw)
    announce(decided.round)

    outcomes = dict(Application.objects.values_list("pk", "outcome"))
    assert [outcomes[one.pk] for one in decided.applications] == ["accepted", "waiting", ""]
    assert told() == {decided.selected.applicant_id: 1, decided.waiting.applicant_id: 1}


def test_a_selection_confirmed_while_results_are_sealed_is_in_the_seal_or_stops_it():
    decided = scenarios.selected_not_selected_and_waiting()
    selection = make.selection(make.participation(decided.round))
    coordinator = make.coordinator_of(selection.application.listing)

    pages = together(
        sealing(decided), posting(browser_of(coordinator), reverse("mentors:confirm", args=[selection.pk]))
    )

    assert [page.status_code for page in pages] == [200, 200]
    assert Selection.objects.confirmed().count() == 2
    assert what_stands_is_decided(decided.round)
    assert Seal.objects.exists() != ("Not sealed." in pages[0].text)


def test_a_selection_taken_back_while_results_are_sealed_is_not_in_a_seal_that_stands():
    decided = scenarios.selected_not_selected_and_waiting()
    address = reverse("mentors:withdraw_selection", args=[Selection.objects.get().pk])
    coordinator = browser_of(make.coordinator_of(decided.listing))

    pages = together(
        sealing(decided), posting(coordinator, address, {"reason": "She took a job.", "breaks_seal": "on"})
    )

    assert [page.status_code for page in pages] == [200, 200]
    assert not Selection.objects.exists()
    assert what_stands_is_decided(decided.round)


def test_a_selection_taken_back_while_results_are_released_is_announced_or_not_at_all():
    decided = scenarios.sealed()

    def take_back() -> None:
        with suppress(Refused):
            actions.withdraw_selection(
                selection=Selection.objects.get(), by=decided.program_coordinator, reason="She took a job."
            )

    together(take_back, lambda: actions.release_due_rounds(now=timezone.now()))

    decided.round.refresh_from_db()
    everybody = {application.applicant_id: 1 for application in decided.applications}
    assert told() == (everybody if decided.round.is_released else {})
    assert Selection.objects.exists() == decided.round.is_released


def test_results_sealed_again_while_they_are_released_are_released_once():
    decided = scenarios.sealed()

    together(sealing(decided), *[lambda: actions.release_due_rounds(now=timezone.now())] * 2)

    assert told() == {application.applicant_id: 1 for application in decided.applications}
    assert Intern.objects.count() == Event.objects.filter(deed="results_released").count() == 1
    assert Seal.objects.standing().count() == 1


def test_two_who_approve_at_once_are_one_approval():
    decided = scenarios.selected_not_selected_and_waiting()
    Round.objects.update(seal_needs_approval=True)
    form = {"sha256": scenarios.seal(decided.round).sha256}
    address = reverse("mentors:approve", args=[decided.round.slug])
    approvers = [make.program_coordinator() for _ in range(3)]

    pages = together(*(posting(browser_of(one), address, form) for one in approvers))

    assert [page.status_code for page in pages] == [200] * 3
    assert Event.objects.filter(deed="seal_approved").count() == 1
    assert Seal.objects.get().approved_by in approvers


def test_an_approval_at_the_hour_itself_loses_nothing():
    decided = scenarios.selected_not_selected_and_waiting()
    decided.round.seal_needs_approval = True
    scenarios.reach(decided.round, "announcement_at")
    form = {"sha256": scenarios.seal(decided.round, by=decided.program_coordinator).sha256}
    address = reverse("mentors:approve", args=[decided.round.slug])

    together(
        posting(browser_of(make.program_coordinator()), address, form),
        *[lambda: actions.release_due_rounds(now=timezone.now())] * 2,
    )
    actions.release_due_rounds(now=timezone.now())

    assert told() == {application.applicant_id: 1 for application in decided.applications}
