"""Results that come late, and what is read about them before and after."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentors import actions
from mentors.models import Seal
from opw.accounts.models import User
from opw.mail.models import Letter, Topic
from tests import make, scenarios
from tests.scenarios import Decided

pytestmark = pytest.mark.django_db


def read(client: Client, name: str, decided: Decided, reader: User | None = None) -> str:
    """A page about the round, as words."""
    client.logout()
    if reader:
        client.force_login(reader)
    return " ".join(client.get(reverse(name, args=[decided.round.slug])).text.split())


def test_a_portal_that_was_away_for_days_releases_when_it_is_back_and_says_so(client):
    decided = scenarios.sealed()
    scenarios.reach(decided.round, "announcement_at", now=timezone.now() - timedelta(days=3))
    Seal.objects.update(sealed_at=decided.round.announcement_at - timedelta(days=1))

    actions.release_due_rounds(now=timezone.now())

    coordinators = read(client, "mentors:results", decided, decided.program_coordinator)
    assert "3 days after the hour that was set" in coordinators
    assert "Why so late: the portal was away." in coordinators
    assert "3 days after the hour that was set" in read(client, "projects:interns", decided)
    assert "Why so late" not in read(client, "projects:interns", decided)
    assert set(Letter.objects.filter(topic=Topic.RESULT).values_list("recipient", flat=True)) == {
        application.applicant_id for application in decided.applications
    }


def test_results_that_were_sealed_and_approved_late_say_why_they_came_late(client):
    decided = scenarios.selected_not_selected_and_waiting()
    decided.round.seal_needs_approval = True
    scenarios.reach(decided.round, "announcement_at", now=timezone.now() - timedelta(hours=2))
    hour = decided.round.announcement_at
    seal = actions.seal_results(
        round=decided.round, by=decided.program_coordinator, at=hour + timedelta(minutes=10)
    )  # fmt: skip
    actions.approve_seal(
        round=decided.round, sha256=seal.sha256, by=make.program_coordinator(), at=hour + timedelta(minutes=20)
    )  # fmt: skip

    actions.release_due_rounds(now=hour + timedelta(minutes=20, seconds=5))

    page = read(client, "mentors:results", decided, decided.program_coordinator)
    assert "20 minutes after the hour that was set" in page
    assert "the results were sealed after the hour, and they were approved after the hour." in page


def test_results_in_time_are_not_called_late(client):
    decided = scenarios.released()

    assert "Why so late" not in read(client, "mentors:results", decided, decided.program_coordinator)
    assert "after the hour" not in read(client, "projects:interns", decided)


@pytest.mark.parametrize("who", ["selected", "waiting", "not_selected", "public"])
def test_between_the_hour_and_the_release_everybody_reads_that_results_are_late_and_nothing_else(client, who):
    decided = scenarios.sealed()
    scenarios.reach(decided.round, "announcement_at", now=timezone.now() - timedelta(hours=1))
    if who != "public":
        client.force_login(getattr(decided, who).applicant)
    names = ["rounds:detail", "projects:interns"]
    addresses = [reverse(name, args=[decided.round.slug]) for name in names]
    if who != "public":
        addresses += [
            reverse("applications:home"),
            reverse("applications:application", args=[getattr(decided, who).pk]),
        ]

    pages = [client.get(address).text for address in addresses]

    assert ["and are late. Everybody hears of them at the same moment." in page for page in pages] == [True] * len(
        pages
    )
    assert "Results are late" in client.get(reverse("site:home")).text
