"""A decision that changes sealed results breaks the seal at once, and the program coordinators hear of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applications.actions import decide_eligibility, mark_contribution, withdraw_application
from applications.models import Contribution, InitialApplication
from mentors import actions
from mentors.models import RestNotAccepted, Seal, Selection, WaitingPlace
from opw.audit.models import Event
from opw.mail.models import Letter
from opw.rounds.models import Phase
from tests import make, scenarios
from tests.scenarios import Decided

pytestmark = pytest.mark.django_db


def sealed() -> Decided:
    """Three applicants of one listing, another who waits behind, and a seal; the announcement is still to come."""
    decided = scenarios.selected_not_selected_and_waiting()
    make.waiting_place(make.application(decided.listing), position=2)
    scenarios.seal(decided.round, by=decided.program_coordinator)
    return decided


def take_the_slot_back(decided: Decided) -> None:
    selection = Selection.objects.get()
    actions.withdraw_selection(selection=selection, by=decided.program_coordinator, reason="A mistake.")


def propose(decided: Decided) -> None:
    actions.propose_selection(
        application=decided.not_selected,
        by=decided.program_coordinator,
        reasons="Better.",
        at=decided.round.selection_closes_at,
    )


def put_on_waiting_list(decided: Decided) -> None:
    actions.put_on_waiting_list(application=decided.not_selected, by=decided.program_coordinator, reason="")


def change_the_order(decided: Decided) -> None:
    first, second = WaitingPlace.objects.all()
    actions.let_wait_before(place=second, other=first, by=decided.program_coordinator)


def take_off_waiting_list(decided: Decided) -> None:
    place = WaitingPlace.objects.all()[0]
    actions.take_off_waiting_list(place=place, by=decided.program_coordinator, reason="A mistake.")


def take_rest_back(decided: Decided) -> None:
    actions.take_rest_back(listing=decided.listing, by=decided.program_coordinator, reason="A mistake.")


def withdraw_listing(decided: Decided) -> None:
    other = RestNotAccepted.objects.exclude(listing=decided.listing).get().listing
    actions.withdraw_listing(
        listing=other, by=decided.program_coordinator, because="Ill.", at=decided.round.selection_closes_at
    )


CHANGES = [take_the_slot_back, propose, put_on_waiting_list, change_the_order, take_off_waiting_list, take_rest_back]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_decision_breaks_the_seal_at_once(change):
    decided = sealed()
    another = make.program_coordinator()

    change(decided)

    seal, event = Seal.objects.get(), Event.objects.get(deed="seal_broken")
    assert seal.broken_because == "A decision was changed after the results were sealed."
    assert (event.actor, event.round_id) == (decided.program_coordinator, decided.round.pk)
    assert set(Letter.objects.values_list("recipient", "subject")) == {
        (one.pk, f"The seal is broken: {decided.round}") for one in (decided.program_coordinator, another)
    }


def test_the_letter_says_until_when_to_seal_again_and_of_nobody():
    decided = sealed()

    take_the_slot_back(decided)

    letter = Letter.objects.get()
    assert "seal them again before then" in letter.text
    assert "nothing was released" not in letter.text
    assert decided.selected.applicant.name not in letter.text


def test_a_withdrawn_listing_breaks_the_seal_at_once():
    decided = scenarios.selected_not_selected_and_waiting()
    doomed = make.application(make.listing(decided.participation))
    make.rest_not_accepted(doomed.listing)
    scenarios.seal(decided.round)

    withdraw_listing(decided)

    assert not Seal.objects.standing().exists()


def test_what_changes_no_result_leaves_the_seal_whole():
    decided = sealed()
    place = WaitingPlace.objects.all()[0]
    waits, by = place.application, decided.program_coordinator

    actions.say_why_she_waits(place=place, by=by, reason="She knows the driver.")
    actions.decline_rest(listing=decided.listing, by=by)
    withdraw_application(application=waits, by=waits.applicant, received_at=decided.round.selection_closes_at)
    actions.take_off_waiting_list(place=place, by=by, reason="She withdrew.")

    assert Seal.objects.standing().exists()
    assert not Letter.objects.filter(subject__startswith="The seal").exists()


def test_a_slot_taken_back_from_who_withdrew_since_still_goes_to_the_waiting_list():
    decided = sealed()
    withdraw_application(
        application=decided.selected, by=decided.selected.applicant, received_at=decided.round.selection_closes_at
    )
    take_the_slot_back(decided)
    scenarios.reach(decided.round, "announcement_at")

    released = actions.release_results(round=decided.round, now=decided.round.announcement_at)

    assert released
    assert Selection.objects.get().application == decided.waiting


def test_a_seal_of_another_round_stays_whole():
    decided = sealed()
    past = make.round(**make.schedule(Phase.OPEN, now=decided.round.published_at - timedelta(days=90)))
    elsewhere = make.selection(make.participation(past))

    actions.withdraw_selection(selection=elsewhere, by=decided.program_coordinator, reason="A mistake.")

    assert Seal.objects.standing().exists()


def mark(decided: Decided, mark: str = "needs_work") -> None:
    """A mentor looks once more at what the applicant did who is not accepted."""
    contribution = Contribution.objects.get(applicant=decided.not_selected.applicant)
    by = make.mentor_of(decided.listing)
    mark_contribution(contribution=contribution, by=by, mark=mark, comment="", at=timezone.now())


def decide_against(decided: Decided) -> None:
    """A program coordinator finds that who has a slot cannot take part."""
    initial = InitialApplication.objects.get(applicant=decided.selected.applicant)
    InitialApplication.objects.update(decided_at=timezone.now(), decided_by=decided.program_coordinator)
    decide_eligibility(
        initial=initial, is_eligible=False, reason="No visa.", by=decided.program_coordinator, at=timezone.now()
    )


@pytest.mark.parametrize("change", [mark, decide_against])
def test_what_the_results_rest_on_breaks_the_seal_within_a_minute(change):
    decided = sealed()
    change(decided)
    Letter.objects.all().delete()

    for _ in range(2):
        actions.break_changed_seals()

    event = Event.objects.get(deed="seal_broken")
    assert Seal.objects.get().broken_because.startswith("A decision, somebody's eligibility or a mark was changed")
    assert (event.actor, event.round_id) == (None, decided.round.pk)
    assert [letter.recipient for letter in Letter.objects.all()] == [decided.program_coordinator]


def test_a_mark_that_changes_no_result_and_who_withdraws_leave_the_seal_whole():
    decided = sealed()
    mark(decided, "counts")
    withdraw_application(
        application=decided.selected, by=decided.selected.applicant, received_at=decided.round.selection_closes_at
    )

    actions.break_changed_seals()

    assert Seal.objects.standing().exists()


def test_what_is_released_is_watched_no_more():
    scenarios.released()
    InitialApplication.objects.update(status=InitialApplication.Status.INELIGIBLE)

    actions.break_changed_seals()

    assert Seal.objects.standing().exists()
    assert not Event.objects.filter(deed="seal_broken").exists()


def test_looking_at_the_seals_asks_as_often_for_many_applicants_and_rounds_as_for_few():
    decided = sealed()

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            actions.break_changed_seals()
        return len(queries)

    few = asked()
    make.round(**make.schedule(Phase.OPEN, now=decided.round.published_at - timedelta(days=400)))
    for _ in range(5):
        make.application(decided.listing)

    assert asked() == few
