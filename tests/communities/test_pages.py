"""A community's page: where to meet, what to read, who is there, and what one could work on."""

import pytest
from django.urls import reverse

from opw.communities import permissions
from projects.models import Project
from tests import make

pytestmark = pytest.mark.django_db


def test_the_list_holds_every_community_by_name(client):
    second, first = make.community("Xen"), make.community("Debian")

    page = client.get(reverse("communities:list"))

    assert list(page.context["communities"]) == [first, second]


def test_a_community_says_where_to_meet_and_what_to_read(client):
    community = make.community("Xen", summary="It runs machines in machines.", description="Come *in*.")
    community.channels.create(name="#xen", url="https://chat.example.org/xen", purpose="For newcomers")
    community.resources.create(title="First steps", url="https://xen.example.org/first")

    page = client.get(community.get_absolute_url())

    shown = ["It runs machines in machines.", "<em>in</em>", "https://chat.example.org/xen", "First steps"]
    assert [words in page.text for words in shown] == [True] * 4


def test_a_community_shows_its_projects_and_ideas_and_nothing_that_is_not_public(client):
    community = make.community()
    states = {state: make.project(community, title=f"Title, {state}", state=state) for state in Project.State}
    make.project(title="Title, of another community")

    page = client.get(community.get_absolute_url())

    shown = {state for state, project in states.items() if project.title in page.text}
    assert shown == {Project.State.REVIEWED, Project.State.IDEA, Project.State.IN_REVIEW}
    assert "Title, of another community" not in page.text


def test_people_are_shown_by_name_and_never_by_address(client):
    community = make.community()
    project = make.project(community)
    project.mentorships.create(name="Somebody from the wiki", email="somebody@example.org")

    pages = [client.get(address).text for address in (community.get_absolute_url(), project.get_absolute_url())]

    assert community.coordinators.get().name in pages[0]
    assert community.maintainers.get().name in pages[0]
    assert "Somebody from the wiki" in pages[1]
    assert ["@example.org" in page for page in pages] == [False, False]


def test_a_community_is_run_by_its_coordinators_and_the_programs():
    community = make.community()
    people = [community.coordinators.get(), make.program_coordinator(), community.maintainers.get(), make.user()]

    assert [permissions.may_run(person, community) for person in people] == [True, True, False, False]


def test_ideas_are_reviewed_by_maintainers_and_coordinators():
    community = make.community()
    people = [community.coordinators.get(), make.program_coordinator(), community.maintainers.get(), make.user()]

    assert [permissions.may_review_for(person, community) for person in people] == [True, False, True, False]
