"""Offering the projects of earlier rounds again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from opw.rounds.models import Participation, Phase
from projects.models import Listing, Project
from projects.offering import offering_of
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def participation() -> Participation:
    return make.participation()


def earlier(participation: Participation, title: str, **listing) -> Project:
    """A project that the community's round before this one offered."""
    last = Participation.objects.filter(community=participation.community).exclude(pk=participation.pk).first()
    last = last or make.earlier(participation)
    project = make.project(participation.community, title=title)
    make.approval(project)
    make.listing(last, project=project, **listing)
    return project


def send(client, participation: Participation, **form):
    client.force_login(make.coordinator_of(participation))
    return client.post(reverse("projects:offer", args=[participation.pk]), form, follow=True)


def offered(participation: Participation) -> dict[str, int]:
    listings = Listing.objects.live().filter(participation=participation)
    return dict(listings.values_list("project__title", "interns_wanted"))


def test_reviewed_projects_that_are_not_offered_yet_can_be_those_of_the_last_round_first(participation):
    make.project(participation.community, title="Never offered")
    for title in ("Last round's B", "Last round's A"):
        earlier(participation, title)
    before = make.earlier(participation)
    make.listing(before, project=make.project(participation.community, title="The round before"))
    make.listing(participation)
    make.project(title="Of another community")
    for state in set(Project.State) - {Project.State.REVIEWED}:
        make.project(participation.community, state=state)

    offering = offering_of(participation, timezone.now().date())

    titles = [row.project.title for row in offering.offerable]
    assert titles == ["Last round's A", "Last round's B", "The round before", "Never offered"]


def test_each_says_who_still_mentors_it_when_it_was_verified_and_what_it_lacks(client, participation):
    project = earlier(participation, "Boot")
    long_ago = timezone.now().date() - timedelta(days=400)
    Project.objects.update(verified_on=long_ago)
    mentor = project.mentorships.get().user
    make.mentorship(project, make.user("Not confirmed"), confirmed=False)
    make.point(project)
    client.force_login(make.coordinator_of(participation))

    page = client.get(reverse("projects:offer", args=[participation.pk])).text

    assert f"mentored by <bdi>{mentor}</bdi></span>" in " ".join(page.split())
    assert "Verified longer than a year ago" in page
    assert "1 review point is not resolved." in page
    assert "Not confirmed" not in page


def test_the_chosen_ones_are_offered_with_as_many_interns_as_last_time(client, participation):
    chosen = [earlier(participation, "One"), earlier(participation, "Two", interns_wanted=2)]
    earlier(participation, "Three")

    page = send(client, participation, projects=[project.pk for project in chosen])

    assert offered(participation) == {"One": 1, "Two": 2}
    assert "2 projects are offered." in page.text


def test_all_of_them_are_offered_with_one_button(client, participation):
    for title in ("One", "Two", "Three"):
        earlier(participation, title)

    send(client, participation, all="yes")

    assert offered(participation) == {"One": 1, "Two": 1, "Three": 1}


def test_verified_again_today_stands_beside_and_offers_nothing_by_itself(client, participation):
    verified, other = earlier(participation, "One"), earlier(participation, "Two")

    page = send(client, participation, verified=verified.pk, projects=other.pk)

    for project in (verified, other):
        project.refresh_from_db()
    assert (verified.verified_on, other.verified_on) == (timezone.now().date(), None)
    assert offered(participation) == {"Two": 1}
    assert "1 project is offered and 1 project is verified today." in page.text


def test_what_is_carried_over_keeps_its_starter_tasks(client, participation):
    project = earlier(participation, "One")
    task = make.task(project)

    send(client, participation, projects=project.pk)
    client.force_login(make.user())
    client.post(reverse("applications:claim_task", args=[task.pk]))

    task.refresh_from_db()
    assert task.claimed_by


def test_nothing_chosen_is_said(client, participation):
    earlier(participation, "One")

    page = send(client, participation)

    assert "Choose at least one project." in page.text
    assert offered(participation) == {}


@pytest.mark.parametrize("wrong", ["of another community", "not reviewed", "no number"])
def test_what_cannot_be_offered_is_not_and_neither_is_anything_else(client, participation, wrong):
    other = {
        "of another community": make.project().pk,
        "not reviewed": make.idea(participation.community).pk,
        "no number": "x",
    }[wrong]

    page = send(client, participation, projects=[earlier(participation, "One").pk, other])

    assert "Please look at it again." in page.text
    assert offered(participation) == {}


def test_nothing_is_offered_in_a_round_whose_results_are_out(client):
    participation = make.participation(phase=Phase.ANNOUNCED)
    project = earlier(participation, "One")

    page = send(client, participation, projects=project.pk)

    assert "are out" in page.text
    assert offered(participation) == {}
