"""The release: everything at once, once, and only what was sealed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.actions import mark_contribution, withdraw_application
from applications.models import Application, Contribution, InitialApplication
from mentors import actions
from mentors.models import Seal, Selection
from opw.audit.models import Event
from opw.mail.models import Letter, Topic
from opw.rounds.models import Phase
from projects.models import Intern
from tests import make, scenarios
from tests.scenarios import Decided

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)


def release(decided: Decided) -> bool:
    return actions.release_results(round=decided.round, now=decided.round.announcement_at)


def outcomes(*applications: Application) -> list[str]:
    found = dict(Application.objects.values_list("pk", "outcome"))
    return [found[application.pk] for application in applications]


def withdraw(application: Application) -> None:
    withdraw_application(
        application=application, by=application.applicant, received_at=application.round.applications_close_at
    )


def results_told() -> dict[int | None, str]:
    """Who has a result letter, and its plain text."""
    return {letter.recipient_id: letter.text for letter in Letter.objects.filter(topic=Topic.RESULT)}


def test_the_release_writes_everything_down_at_once():
    decided = scenarios.sealed()

    released = release(decided)

    decided.round.refresh_from_db()
    intern, event = Intern.objects.get(), Event.objects.get(deed="results_released")
    assert released
    assert decided.round.released_at == decided.round.announcement_at
    assert outcomes(*decided.applications) == ["accepted", "waiting", "not_accepted"]
    assert (intern.person, intern.project) == (decided.selected.applicant, decided.listing.project)
    assert set(results_told()) == {application.applicant_id for application in decided.applications}
    assert (event.actor, event.round_id, event.after) == (
        None,
        decided.round.pk,
        {"sha256": Seal.objects.get().sha256, "minutes_late": 0},
    )


def test_the_scheduled_job_releases_at_the_hour_and_not_a_moment_before():
    decided = scenarios.sealed()
    hour = decided.round.announcement_at

    actions.release_due_rounds(now=hour - MOMENT)
    decided.round.refresh_from_db()
    before = decided.round.is_released
    actions.release_due_rounds(now=hour)

    decided.round.refresh_from_db()
    assert (before, decided.round.released_at) == (False, hour)


def test_the_release_happens_once():
    decided = scenarios.sealed()

    first, second = release(decided), release(decided)

    assert (first, second) == (True, False)
    assert Letter.objects.count() == 3
    assert Intern.objects.count() == 1


def test_a_release_that_comes_late_still_comes():
    decided = scenarios.sealed()
    hours_later = decided.round.announcement_at + timedelta(hours=5)

    actions.release_due_rounds(now=hours_later)

    decided.round.refresh_from_db()
    assert decided.round.released_at == hours_later
    assert decided.round.phase(hours_later) == Phase.ANNOUNCED
    assert Event.objects.get(deed="results_released").after["minutes_late"] == 5 * 60


def test_without_a_seal_nothing_is_released_and_each_coordinator_told_once():
    decided = scenarios.selected_not_selected_and_waiting()
    scenarios.reach(decided.round, "announcement_at")
    another = make.program_coordinator()

    for minute in range(3):
        actions.release_due_rounds(now=decided.round.announcement_at + timedelta(minutes=minute))

    decided.round.refresh_from_db()
    told = Letter.objects.order_by("pk").values_list("recipient", "subject")
    assert not decided.round.is_released
    assert outcomes(*decided.applications) == ["", "", ""]
    assert list(told) == [
        (coordinator.pk, f"Nothing was announced: {decided.round}")
        for coordinator in (decided.program_coordinator, another)
    ]


def test_a_seal_that_comes_late_is_released_after_all():
    decided = scenarios.selected_not_selected_and_waiting()
    scenarios.reach(decided.round, "announcement_at")
    actions.release_due_rounds(now=decided.round.announcement_at)

    scenarios.seal(decided.round)
    actions.release_due_rounds(now=timezone.now())

    decided.round.refresh_from_db()
    assert decided.round.is_released


def break_by_selection(decided: Decided) -> None:
    selection = Selection.objects.get()
    actions.withdraw_selection(selection=selection, by=decided.program_coordinator, reason="A mistake.")


def break_by_waiting_list(decided: Decided) -> None:
    actions.put_on_waiting_list(application=decided.not_selected, by=decided.program_coordinator, reason="")


def break_by_mark(decided: Decided) -> None:
    contribution = Contribution.objects.get(applicant=decided.not_selected.applicant)
    mentor = make.mentor_of(decided.listing)
    mark_contribution(contribution=contribution, by=mentor, mark="needs_work", comment="", at=timezone.now())
    Letter.objects.all().delete()


def break_by_eligibility(decided: Decided) -> None:
    initial = InitialApplication.objects.filter(applicant=decided.selected.applicant, round=decided.round)
    initial.update(status=InitialApplication.Status.INELIGIBLE)


@pytest.mark.parametrize("change", [break_by_selection, break_by_waiting_list, break_by_mark, break_by_eligibility])
def test_a_decision_changed_since_breaks_the_seal(change):
    decided = scenarios.sealed()
    change(decided)

    released = [release(decided), release(decided)]

    decided.round.refresh_from_db()
    seal = Seal.objects.get()
    assert released == [False, False]
    assert not decided.round.is_released
    assert outcomes(*decided.applications) == ["", "", ""]
    assert seal.broken_because.endswith(" was changed after the results were sealed.")
    assert Event.objects.filter(deed="seal_broken").count() == 1
    assert not results_told()
    assert set(Letter.objects.values_list("recipient", flat=True)) == {decided.program_coordinator.pk}


def test_ratings_and_comments_since_leave_the_seal_whole():
    decided = scenarios.sealed()
    mentor = make.mentor_of(decided.listing)
    actions.rate(application=decided.selected, by=mentor, score=1, reasons="Late doubts.", at=timezone.now())

    assert release(decided)


def test_who_withdrew_since_has_no_result_and_no_letter():
    decided = scenarios.sealed()
    withdraw(decided.not_selected)

    release(decided)

    assert outcomes(*decided.applications) == ["accepted", "waiting", ""]
    assert set(results_told()) == {decided.selected.applicant_id, decided.waiting.applicant_id}


def test_the_slot_of_who_withdrew_since_goes_to_the_waiting_list():
    decided = scenarios.sealed()
    slot = decided.participation.slots.get()
    withdraw(decided.selected)

    released = release(decided)

    assert released
    assert outcomes(*decided.applications) == ["", "accepted", "not_accepted"]
    assert Selection.objects.get(slot=slot).application == decided.waiting
    assert Intern.objects.get().person == decided.waiting.applicant
    assert set(results_told()) == {decided.waiting.applicant_id, decided.not_selected.applicant_id}


def test_the_waiting_list_skips_who_is_accepted_elsewhere_or_withdrew():
    decided = scenarios.selected_not_selected_and_waiting()
    elsewhere = make.listing(make.participation(decided.round))
    make.selection(application=make.application(elsewhere, decided.waiting.applicant), confirmed=True)
    gone, last = make.application(decided.listing), make.application(decided.listing)
    make.waiting_place(gone, position=2)
    make.waiting_place(last, position=3)
    scenarios.seal(decided.round)
    scenarios.reach(decided.round, "announcement_at")
    withdraw(gone)
    withdraw(decided.selected)

    release(decided)

    assert outcomes(decided.selected, decided.waiting, gone, last) == ["", "waiting", "", "accepted"]


def test_the_slot_stays_free_when_nobody_waits():
    decided = scenarios.sealed()
    withdraw(decided.waiting)
    withdraw(decided.selected)

    release(decided)

    assert outcomes(*decided.applications) == ["", "", "not_accepted"]
    assert not Intern.objects.exists()
    assert not Selection.objects.confirmed().exists()


def test_who_waits_gets_a_slot_though_she_withdrew_from_another():
    decided = scenarios.selected_not_selected_and_waiting()
    elsewhere = make.listing(make.participation(decided.round))
    other = make.application(elsewhere, decided.waiting.applicant)
    make.selection(application=other, confirmed=True)
    scenarios.seal(decided.round)
    scenarios.reach(decided.round, "announcement_at")
    withdraw(decided.selected)
    withdraw(other)

    released = release(decided)

    assert released
    assert outcomes(decided.selected, decided.waiting, other) == ["", "accepted", ""]


def test_two_slots_go_to_the_first_two_who_wait():
    participation = make.participation(phase=Phase.SELECTION, slots=2)
    listing = make.listing(participation, interns_wanted=2)
    selected = [make.application(listing) for _ in range(2)]
    waiting = [make.application(listing) for _ in range(3)]
    for application in selected:
        make.selection(application=application, confirmed=True)
    for position, application in enumerate(reversed(waiting), start=1):
        make.waiting_place(application, position=position)
    scenarios.reach(participation.round, "selection_closes_at")
    scenarios.seal(participation.round)
    scenarios.reach(participation.round, "announcement_at")
    for application in selected:
        withdraw(application)

    actions.release_due_rounds(now=timezone.now())

    assert outcomes(*waiting) == ["waiting", "accepted", "accepted"]


def test_a_person_gets_one_letter_about_the_best_of_her_outcomes():
    decided = scenarios.selected_not_selected_and_waiting()
    other = make.listing(decided.participation)
    make.application(other, decided.selected.applicant)
    make.application(other, decided.waiting.applicant)
    make.rest_not_accepted(other)
    scenarios.seal(decided.round)
    scenarios.reach(decided.round, "announcement_at")

    release(decided)

    told = results_told()
    assert Letter.objects.filter(topic=Topic.RESULT).count() == len(told) == 3
    assert str(decided.listing.project) in told[decided.selected.applicant_id]
    assert str(decided.listing.project) in told[decided.waiting.applicant_id]


def test_who_is_not_accepted_reads_what_she_contributed_and_when_the_next_round_opens():
    decided = scenarios.sealed()
    upcoming = make.schedule(Phase.OPEN, now=decided.round.announcement_at + timedelta(days=100))
    upcoming_round = make.round(**upcoming)
    contribution = Contribution.objects.get(applicant=decided.not_selected.applicant)

    release(decided)

    letter = results_told()[decided.not_selected.applicant_id]
    assert contribution.title in letter
    assert upcoming_round.name in letter


@pytest.mark.parametrize(("answer", "name"), [("yes", "Ada"), ("no", "")])
def test_interns_are_named_as_they_agreed(answer, name):
    decided = scenarios.sealed()
    InitialApplication.objects.filter(applicant=decided.selected.applicant).update(
        answers=make.INITIAL_ANSWERS | {"publish_name": answer}
    )
    decided.selected.applicant.name = "Ada"
    decided.selected.applicant.save()

    release(decided)

    assert Intern.objects.get().name == name


def test_the_public_page_opens_with_the_release(client):
    decided = scenarios.sealed()
    address = reverse("projects:interns", args=[decided.round.slug])

    before = client.get(address)
    release(decided)
    after = client.get(address)

    assert decided.selected.applicant.name not in before.text
    assert decided.selected.applicant.name in after.text
    assert decided.not_selected.applicant.name not in after.text


def test_a_broken_letter_leaves_nothing_half_released(settings):
    decided = scenarios.sealed()
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]

    with pytest.raises(Exception, match="letters/result_"):
        release(decided)

    decided.round.refresh_from_db()
    assert not decided.round.is_released
    assert outcomes(*decided.applications) == ["", "", ""]
    assert not Intern.objects.exists()
