"""Where a round asks for it, a second program coordinator approves the seal before anything is released."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from mentors import actions
from mentors.models import Seal
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter, Topic
from tests import make, scenarios
from tests.scenarios import Decided

pytestmark = pytest.mark.django_db


def sealed_for_approval() -> Decided:
    """A round that asks for an approval, sealed; the announcement hour is now."""
    decided = scenarios.selected_not_selected_and_waiting()
    decided.round.seal_needs_approval = True
    decided.round.save()
    scenarios.seal(decided.round, by=decided.program_coordinator)
    scenarios.reach(decided.round, "announcement_at")
    return decided


def approve(decided: Decided, by: User | None = None, sha256: str = "") -> None:
    actions.approve_seal(
        round=decided.round,
        sha256=sha256 or Seal.objects.standing().get().sha256,
        by=by or make.program_coordinator(),
        at=timezone.now(),
    )


def test_without_an_approval_nothing_is_released_and_each_coordinator_is_told_once():
    decided = sealed_for_approval()
    another = make.program_coordinator()
    Letter.objects.all().delete()

    for minute in range(3):
        actions.release_due_rounds(now=decided.round.announcement_at + timedelta(minutes=minute))

    decided.round.refresh_from_db()
    told = Letter.objects.order_by("recipient").values_list("recipient", "subject")
    assert not decided.round.is_released
    assert not Application.objects.exclude(outcome="").exists()
    assert list(told) == [
        (coordinator.pk, f"Nothing was announced: {decided.round}")
        for coordinator in (decided.program_coordinator, another)
    ]


def test_with_an_approval_it_is_released():
    decided = sealed_for_approval()
    approver = make.program_coordinator()

    approve(decided, by=approver)
    actions.release_due_rounds(now=decided.round.announcement_at)

    decided.round.refresh_from_db()
    event, seal = Event.objects.get(deed="seal_approved"), Seal.objects.get()
    assert decided.round.is_released
    assert seal.approved_by == approver
    assert (event.actor, event.round_id, event.after) == (approver, decided.round.pk, {"sha256": seal.sha256})


def test_a_round_that_asks_for_none_is_released_without():
    decided = scenarios.sealed()

    assert scenarios.release(decided)


def test_the_others_are_asked_when_the_results_are_sealed():
    another, former = make.program_coordinator(), make.program_coordinator()
    former.is_active = False
    former.save()
    decided = sealed_for_approval()

    letter = Letter.objects.get(subject__startswith="Sealed results wait")
    assert (letter.recipient, decided.program_coordinator == another) == (another, False)


def test_a_coordinator_who_applies_in_the_round_is_told_nothing_of_its_seal():
    applying = make.program_coordinator()
    decided = sealed_for_approval()
    make.application(decided.listing, applying, status=Application.Status.DRAFT)
    Letter.objects.all().delete()

    actions.release_due_rounds(now=decided.round.announcement_at)

    assert Letter.objects.get().recipient == decided.program_coordinator


def test_nobody_approves_her_own_seal():
    decided = sealed_for_approval()

    with pytest.raises(Refused, match="somebody else"):
        approve(decided, by=decided.program_coordinator)

    assert Seal.objects.get().approved_at is None


def test_nobody_approves_her_own_seal_by_the_databases_own_rule():
    sealed_for_approval()
    seal = Seal.objects.get()
    seal.approved_by, seal.approved_at = seal.sealed_by, timezone.now()

    with pytest.raises(IntegrityError, match="nobody_approves_her_own_seal"):
        seal.save()


def test_an_approval_is_of_what_was_seen():
    decided = sealed_for_approval()

    with pytest.raises(Refused, match="not sealed any more"):
        approve(decided, sha256="0" * 64)

    assert Seal.objects.get().approved_at is None


def test_a_seal_that_is_set_again_needs_another_approval():
    decided = sealed_for_approval()
    approve(decided)

    scenarios.seal(decided.round)

    assert Seal.objects.standing().get().waits_for_approval
    assert not scenarios.release(decided)


def test_a_broken_seal_is_not_approved():
    decided = sealed_for_approval()
    sha256 = Seal.objects.get().sha256
    actions.put_on_waiting_list(application=decided.not_selected, by=decided.program_coordinator, reason="")

    with pytest.raises(Refused, match="not sealed any more"):
        approve(decided, sha256=sha256)


def test_approving_twice_leaves_the_first_approval():
    decided = sealed_for_approval()
    first, second = make.program_coordinator(), make.program_coordinator()

    approve(decided, by=first)
    approve(decided, by=second)

    assert Seal.objects.get().approved_by == first
    assert Event.objects.filter(deed="seal_approved").count() == 1


def test_what_is_out_is_not_approved():
    decided = scenarios.released()

    with pytest.raises(Refused, match="are out"):
        approve(decided)


def test_she_compares_the_hash_and_approves_by_a_form(client):
    decided = sealed_for_approval()
    address, sha256 = reverse("mentors:results", args=[decided.round.slug]), Seal.objects.get().sha256
    approver = make.program_coordinator()
    client.force_login(approver)

    page = client.get(address)
    after = client.post(reverse("mentors:approve", args=[decided.round.slug]), {"sha256": sha256}, follow=True)

    assert sha256 in page.text
    assert "Approve the sealed results" in page.text
    assert "Approve the sealed results" not in after.text
    assert Seal.objects.get().approved_by == approver


def test_who_sealed_reads_that_somebody_else_approves(client):
    decided = sealed_for_approval()
    client.force_login(decided.program_coordinator)

    page = client.get(reverse("mentors:results", args=[decided.round.slug]))
    refused = client.post(reverse("mentors:approve", args=[decided.round.slug]), {"sha256": Seal.objects.get().sha256})

    assert "Give her the hash" in page.text
    assert "Approve the sealed results" not in page.text
    assert refused.status_code == 403


def test_a_round_says_by_its_schedule_that_a_seal_needs_an_approval(client):
    round = make.round()
    client.force_login(make.program_coordinator())
    address = reverse("coordinate:schedule", args=[round.slug])
    form = {field.html_name: field.value() for field in client.get(address).context["form"]}

    preview = client.post(address, form | {"seal_needs_approval": "on"})
    confirmed = {field.html_name: field.value() for field in preview.context["confirmed"]}
    client.post(address, confirmed | {"confirm": "yes"})

    round.refresh_from_db()
    assert round.seal_needs_approval
    assert "need a second program coordinator's approval" in preview.text.replace("&#x27;", "'")
    assert Event.objects.get(deed="round_rescheduled").after["seal_needs_approval"] is True


def test_nobody_hears_of_results_that_wait_for_an_approval():
    decided = sealed_for_approval()

    scenarios.release(decided)

    assert not Letter.objects.filter(topic=Topic.RESULT).exists()
