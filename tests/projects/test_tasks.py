"""Starter tasks: offered by mentors, claimed by one newcomer at a time, done when the work counts."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import applications.actions
from applications.models import Contribution
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from projects import actions
from projects.models import Listing, StarterTask
from projects.models.tasks import CLAIM_LASTS
from tests import make

pytestmark = pytest.mark.django_db

State = StarterTask.State
MOMENT = timedelta(microseconds=1)


def claim(task: StarterTask, listing: Listing | None, by: User, *, at=None) -> None:
    applications.actions.claim_starter_task(task=task, listing=listing, by=by, received_at=at or timezone.now())


def record(listing: Listing, by: User, task: StarterTask | None = None, *, at=None) -> Contribution:
    return applications.actions.record_contribution(
        listing=listing, by=by, kind="patch", title="A patch", url="https://git.example.org/pull/1",
        received_at=at or timezone.now(), task=task,
    )  # fmt: skip


def mark(contribution: Contribution, said: str) -> None:
    applications.actions.mark_contribution(
        contribution=contribution, by=make.mentor_of(contribution.listing), mark=said, comment="", at=timezone.now()
    )


def state(task: StarterTask, *, at=None) -> State:
    return StarterTask.objects.get(pk=task.pk).state_at(at or timezone.now())


def test_a_newcomer_claims_a_task_for_a_week():
    listing, newcomer, now = make.listing(), make.user(), timezone.now()
    task = make.task(listing.project)

    claim(task, listing, newcomer, at=now)

    assert state(task, at=now + CLAIM_LASTS - MOMENT) == State.TAKEN
    assert state(task, at=now + CLAIM_LASTS) == State.FREE
    event = Event.objects.about(task).get()
    assert (event.deed, event.actor) == ("task_claimed", newcomer)


def test_a_task_that_somebody_holds_is_not_claimed_and_one_whose_claim_expired_is():
    listing, now = make.listing(), timezone.now()
    first, second = make.user(), make.user()
    task = make.task(listing.project, held_by=first, at=now)

    with pytest.raises(Refused, match="Somebody else has just taken this task"):
        claim(task, listing, second, at=now + CLAIM_LASTS - MOMENT)
    claim(task, listing, second, at=now + CLAIM_LASTS)

    task.refresh_from_db()
    assert (task.claimed_by, task.claimed_at) == (second, now + CLAIM_LASTS)


def test_claiming_twice_is_one_claim():
    listing, newcomer, now = make.listing(), make.user(), timezone.now()
    task = make.task(listing.project)

    claim(task, listing, newcomer, at=now)
    claim(task, listing, newcomer, at=now + timedelta(hours=1))

    task.refresh_from_db()
    assert task.claimed_at == now
    assert Event.objects.about(task).count() == 1


def test_one_task_of_a_project_at_a_time():
    listing, newcomer, now = make.listing(), make.user(), timezone.now()
    held = make.task(listing.project, held_by=newcomer, at=now)
    other = make.task(listing.project)
    elsewhere = make.listing(listing.participation)

    with pytest.raises(Refused, match=f"You hold “{held}” already"):
        claim(other, listing, newcomer, at=now)
    claim(make.task(elsewhere.project), elsewhere, newcomer, at=now)
    claim(other, listing, newcomer, at=now + CLAIM_LASTS)

    held.refresh_from_db()
    assert held.claimed_by is None
    assert state(other, at=now + CLAIM_LASTS) == State.TAKEN


@pytest.mark.parametrize(("over", "words"), [("retired", "no longer offered"), ("done", "done already")])
def test_what_is_over_is_not_claimed(over, words):
    listing, newcomer, now = make.listing(), make.user(), timezone.now()
    facts: dict[str, dict[str, Any]] = {
        "retired": {"retired_at": now},
        "done": {"done_at": now, "done_by": make.user()},
    }
    task = make.task(listing.project, **facts[over])

    with pytest.raises(Refused, match=words):
        claim(task, listing, newcomer)


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_mentor_of_the_project_claims_none_of_its_tasks(confirmed):
    listing, mentor = make.listing(), make.user()
    make.mentorship(listing.project, mentor, confirmed=confirmed)

    with pytest.raises(Refused, match="You mentor this project"):
        claim(make.task(listing.project), listing, mentor)


def test_a_task_of_a_project_that_no_round_offers_is_not_claimed():
    withdrawn = make.listing(withdrawn_at=timezone.now())

    with pytest.raises(Refused, match="not offered"):
        claim(make.task(), None, make.user())
    with pytest.raises(Refused, match="no longer offered"):
        claim(make.task(withdrawn.project), withdrawn, make.user())


def test_tasks_are_claimed_while_the_round_takes_contributions():
    listing, newcomer = make.listing(), make.user()
    task, round = make.task(listing.project), listing.round

    with pytest.raises(Refused, match="not open yet"):
        claim(task, listing, newcomer, at=round.applications_open_at - MOMENT)
    with pytest.raises(Refused, match="deadline for contributions"):
        claim(task, listing, newcomer, at=round.contributions_close_at)
    claim(task, listing, newcomer, at=round.contributions_close_at - MOMENT)


def test_closed_to_newcomers_those_with_a_claimed_task_go_on():
    listing = make.listing(closed_to_newcomers_at=timezone.now())
    holds, is_new, held_once = make.user(), make.user(), make.user()
    make.task(listing.project, held_by=holds)
    task = make.task(listing.project, held_by=held_once, at=timezone.now() - CLAIM_LASTS)

    record(listing, holds)
    for person in (is_new, held_once):
        with pytest.raises(Refused, match="no newcomers"):
            claim(task, listing, person)

    assert Contribution.objects.get().applicant == holds


def test_a_contribution_renews_the_claim_of_who_made_it():
    listing, holder, now = make.listing(), make.user(), timezone.now()
    task = make.task(listing.project, held_by=holder, at=now)
    others = make.task(listing.project, held_by=make.user(), at=now)
    elsewhere = make.task(held_by=holder, at=now)
    later = now + timedelta(days=5)

    record(listing, holder, at=later)

    for one, renewed_at in [(task, later), (others, now), (elsewhere, now)]:
        one.refresh_from_db()
        assert one.renewed_at == renewed_at
    assert Event.objects.about(task).get().deed == "task_claim_renewed"


def test_a_claim_that_has_expired_is_not_renewed():
    listing, holder, now = make.listing(), make.user(), timezone.now()
    task = make.task(listing.project, held_by=holder, at=now - CLAIM_LASTS)

    record(listing, holder, at=now)

    assert state(task, at=now) == State.FREE


@pytest.mark.parametrize("said", ["seen", "needs_work"])
def test_what_a_mentor_says_renews_the_claim(said):
    listing, holder = make.listing(), make.user()
    began = timezone.now() - timedelta(days=5)
    task = make.task(listing.project, held_by=holder, at=began)

    mark(make.contribution(listing, holder), said)

    task.refresh_from_db()
    assert task.renewed_at
    assert task.renewed_at > began


def test_a_task_is_done_when_the_contribution_to_it_counts_and_no_longer_when_it_does_not():
    listing, holder = make.listing(), make.user()
    task = make.task(listing.project, held_by=holder)
    contribution = record(listing, holder, task)

    mark(contribution, "counts")
    task.refresh_from_db()
    done = (state(task), task.done_by, task.claimed_by)
    mark(contribution, "needs_work")

    assert done == (State.DONE, holder, None)
    assert state(task) == State.FREE


def test_of_two_who_did_a_task_the_first_has_done_it():
    listing, first, second = make.listing(), make.user(), make.user()
    task = make.task(listing.project)
    for person in (first, second):
        mark(make.contribution(listing, person, task=task), "counts")

    mark(Contribution.objects.get(applicant=second), "needs_work")

    task.refresh_from_db()
    assert task.done_by == first


def test_a_contribution_names_no_task_of_others_or_of_another_project():
    listing, newcomer = make.listing(), make.user()
    taken, elsewhere = make.task(listing.project, held_by=make.user()), make.task()

    for task in (taken, elsewhere):
        with pytest.raises(Refused, match="taken that starter task"):
            record(listing, newcomer, task)

    assert not Contribution.objects.exists()


def test_who_gives_a_task_back_makes_it_free():
    listing, holder = make.listing(), make.user()
    task = make.task(listing.project, held_by=holder)

    with pytest.raises(Refused, match="do not hold"):
        actions.give_back_task(task=task, by=make.user())
    actions.give_back_task(task=task, by=holder)

    assert state(task) == State.FREE
    assert Event.objects.about(task).get().deed == "task_given_back"


def test_a_mentor_releases_a_task_that_somebody_holds():
    listing = make.listing()
    task = make.task(listing.project, held_by=make.user())

    actions.release_task(task=task, by=make.mentor_of(listing))
    with pytest.raises(Refused, match="Nobody holds"):
        actions.release_task(task=task, by=make.mentor_of(listing))

    assert state(task) == State.FREE
    assert Event.objects.about(task).get().deed == "task_released"


def test_a_task_is_retired_when_nobody_holds_it_and_can_be_offered_again():
    listing, now = make.listing(), timezone.now()
    mentor, task = make.mentor_of(listing), make.task(listing.project, held_by=make.user(), at=now)

    with pytest.raises(Refused, match="Release it first"):
        actions.retire_task(task=task, by=mentor, retired=True, at=now)
    actions.retire_task(task=task, by=mentor, retired=True, at=now + CLAIM_LASTS)
    retired = state(task)
    actions.retire_task(task=task, by=mentor, retired=False, at=now + CLAIM_LASTS)

    assert (retired, state(task)) == (State.RETIRED, State.FREE)


def test_the_database_holds_what_a_task_is():
    person, now = make.user(), timezone.now()
    broken: dict[str, dict[str, Any]] = {
        "task_claimed_by_whom_and_when": {"claimed_by": person},
        "task_done_by_whom_and_when": {"done_at": now},
        "nobody_holds_a_task_that_is_over": {"held_by": person, "retired_at": now},
    }

    for constraint, facts in broken.items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            make.task(**facts)


def test_the_database_holds_one_claim_of_a_person_and_project():
    project, person = make.project(), make.user()
    make.task(project, held_by=person)

    with pytest.raises(IntegrityError, match="one_claimed_task_per_person"):
        make.task(project, held_by=person)
