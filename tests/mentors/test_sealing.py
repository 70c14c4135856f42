"""The seal: refused while anything is open, and saying what."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, InitialApplication
from mentors import actions
from mentors.models import RestNotAccepted, Seal
from mentors.results import hash_of
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Phase
from tests import make, scenarios

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)


def refusal(round) -> str:
    """What the seal is refused with."""
    with pytest.raises(Refused) as refused:
        scenarios.seal(round)
    return str(refused.value)


def test_the_seal_freezes_each_outcome_in_order():
    decided = scenarios.selected_not_selected_and_waiting()
    not_considered = make.application(decided.listing, contributed=False)

    seal = scenarios.seal(decided.round, by=decided.program_coordinator)

    slot = decided.participation.slots.get().pk
    event = Event.objects.about(seal).get()
    assert seal.results == [
        {"application": decided.selected.pk, "outcome": "accepted", "slot": slot, "waiting": None},
        {"application": decided.waiting.pk, "outcome": "waiting", "slot": None, "waiting": 1},
        {"application": decided.not_selected.pk, "outcome": "not_accepted", "slot": None, "waiting": None},
        {"application": not_considered.pk, "outcome": "not_considered", "slot": None, "waiting": None},
    ]
    assert seal.sha256 == hash_of(seal.results)
    assert (event.deed, event.actor, event.round_id) == (
        "results_sealed", decided.program_coordinator, decided.round.pk
    )  # fmt: skip
    assert event.after == {"sha256": seal.sha256}


def test_sealing_tells_nobody_and_writes_nothing_down():
    decided = scenarios.selected_not_selected_and_waiting()

    scenarios.seal(decided.round)

    assert not Letter.objects.exists()
    assert not Application.objects.exclude(outcome="").exists()
    assert not decided.round.interns.exists()


def test_drafts_and_the_withdrawn_have_no_result():
    decided = scenarios.selected_not_selected_and_waiting()
    make.application(decided.listing, status=Application.Status.DRAFT)
    make.application(decided.listing, status=Application.Status.WITHDRAWN)

    seal = scenarios.seal(decided.round)

    assert [row["application"] for row in seal.results] == [one.pk for one in decided.applications]


def test_results_are_sealed_once_selection_is_closed():
    decided = scenarios.selected_not_selected_and_waiting()
    closes_at = decided.round.selection_closes_at

    with pytest.raises(Refused, match="Selection is still open"):
        actions.seal_results(round=decided.round, by=decided.program_coordinator, at=closes_at - MOMENT)
    actions.seal_results(round=decided.round, by=decided.program_coordinator, at=closes_at)

    assert Seal.objects.standing().count() == 1


def test_released_results_are_not_sealed_again():
    decided = scenarios.released()

    assert refusal(decided.round) == "The results of this round are out."


def test_a_conflict_stands_in_the_way():
    decided = scenarios.selected_not_selected_and_waiting()
    elsewhere = make.listing(make.participation(decided.round))
    make.selection(application=make.application(elsewhere, decided.selected.applicant))

    said = refusal(decided.round)

    assert (
        f"{decided.selected.applicant} is wanted twice: by “{decided.listing.project}” and “{elsewhere.project}”."
        in said
    )


def test_a_listing_without_a_mentor_stands_in_the_way():
    decided = scenarios.selected_not_selected_and_waiting()
    decided.listing.project.mentorships.update(confirmed_at=None)

    assert refusal(decided.round) == f"Not sealed. “{decided.listing.project}” has no mentor."


def test_a_selection_without_a_slot_stands_in_the_way():
    decided = scenarios.selected_not_selected_and_waiting()
    selection = make.selection(decided.participation)

    said = refusal(decided.round)

    applicant, project = selection.application.applicant, selection.application.listing.project
    assert said == f"Not sealed. {applicant} is proposed for “{project}”, without a slot."


def test_an_intern_who_is_not_eligible_stands_in_the_way():
    decided = scenarios.selected_not_selected_and_waiting()
    initial = InitialApplication.objects.filter(applicant=decided.selected.applicant)
    initial.update(status=InitialApplication.Status.INELIGIBLE)

    assert f"{decided.selected.applicant} has a slot, but it is not decided" in refusal(decided.round)


def test_undecided_applications_stand_in_the_way():
    decided = scenarios.selected_not_selected_and_waiting()
    RestNotAccepted.objects.all().delete()

    assert refusal(decided.round) == f"Not sealed. “{decided.listing.project}” has applications that are not decided."


def test_each_thing_that_stands_in_the_way_is_said():
    decided = scenarios.selected_not_selected_and_waiting()
    decided.listing.project.mentorships.update(confirmed_at=None)
    RestNotAccepted.objects.all().delete()

    said = refusal(decided.round)

    project = decided.listing.project
    assert said == f"Not sealed. “{project}” has no mentor. “{project}” has applications that are not decided."


def test_another_rounds_open_ends_do_not_stand_in_the_way():
    decided = scenarios.selected_not_selected_and_waiting()
    other = make.listing(make.participation(phase=Phase.FINISHED))
    make.application(other)
    other.project.mentorships.update(confirmed_at=None)

    assert scenarios.seal(decided.round) == Seal.objects.standing().get()


def test_sealing_again_replaces_the_seal():
    decided = scenarios.selected_not_selected_and_waiting()

    first = scenarios.seal(decided.round)
    second = scenarios.seal(decided.round)

    first.refresh_from_db()
    assert Seal.objects.standing().get() == second
    assert first.broken_because == "Sealed again."


def test_one_seal_stands_by_the_databases_own_rule():
    decided = scenarios.selected_not_selected_and_waiting()
    seal = scenarios.seal(decided.round)
    seal.pk = None

    with pytest.raises(IntegrityError, match="one_seal_per_round"):
        seal.save()


def test_a_program_coordinator_seals_by_a_form(client):
    decided = scenarios.selected_not_selected_and_waiting()
    client.force_login(decided.program_coordinator)

    page = client.post(reverse("mentors:seal", args=[decided.round.slug]))

    assert page["Location"] == reverse("mentors:results", args=[decided.round.slug])
    assert Seal.objects.standing().get().sealed_by == decided.program_coordinator
    assert Seal.objects.get().sealed_at <= timezone.now()
