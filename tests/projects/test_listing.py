"""Reviewed projects in a round, and finding one there."""

from typing import Any

import pytest
from django.urls import reverse

from opw.errors import Refused
from opw.rounds.models import Phase
from projects import actions
from projects.models import Difficulty, Listing, Project
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [state for state in Project.State if state != Project.State.REVIEWED])
def test_only_a_reviewed_project_is_listed(state):
    participation = make.participation()
    project = make.project(participation.community, state=state)

    with pytest.raises(Refused, match="Only a reviewed project"):
        actions.list_project(project=project, round=participation.round, by=make.user())

    assert not Listing.objects.exists()


def test_a_reviewed_project_is_listed_once_in_a_round():
    participation = make.participation()
    project = make.project(participation.community)
    coordinator = make.coordinator_of(project)

    listing = actions.list_project(project=project, round=participation.round, by=coordinator, interns_wanted=2)
    with pytest.raises(Refused, match="already"):
        actions.list_project(project=project, round=participation.round, by=coordinator)

    assert Listing.objects.get() == listing
    assert (listing.participation, listing.interns_wanted) == (participation, 2)


def test_a_project_of_a_community_that_does_not_take_part_is_not_listed():
    project = make.project()

    with pytest.raises(Refused, match="does not take part"):
        actions.list_project(project=project, round=make.round(), by=make.coordinator_of(project))


def titles(client, **query) -> list[str]:
    page = client.get(reverse("projects:list"), query)
    return [listing.project.title for listing in page.context["page"]]


def test_the_list_holds_the_listings_of_the_current_round(client):
    listing = make.listing()
    make.listing(make.participation(phase=Phase.FINISHED))
    make.listing(listing.participation, withdrawn_at=listing.listed_at)
    make.project(listing.community)

    assert titles(client) == [listing.project.title]


def test_the_list_is_searched_by_words_and_title_comes_first(client):
    participation = make.participation()
    for title, description in [("Fuzzing", "Find faults."), ("Drivers", "Fuzz the drivers."), ("Documents", "Words.")]:
        make.listing(participation, project=make.project(participation.community, title=title, description=description))

    assert titles(client, q="fuzzing") == ["Fuzzing", "Drivers"]


def test_the_list_is_filtered_by_community_difficulty_skill_and_gsoc(client):
    round = make.round()
    xen, linux = make.participation(round), make.participation(round)
    easy: dict[str, Any] = {"title": "Easy", "difficulty_from": Difficulty.BASIC, "difficulty_to": Difficulty.BASIC}
    wide: dict[str, Any] = {"title": "Wide", "difficulty_from": Difficulty.BASIC, "difficulty_to": Difficulty.DIFFICULT}
    make.listing(xen, project=make.project(xen.community, **easy))
    make.listing(linux, project=make.project(linux.community, **wide, also_gsoc=True))
    actions.ideas.tag_skills(Project.objects.get(title="Easy"), required=["C", "Perl"], preferred=[])
    actions.ideas.tag_skills(Project.objects.get(title="Wide"), required=[], preferred=["C"])

    assert titles(client, community=xen.community.slug) == ["Easy"]
    assert titles(client, difficulty=Difficulty.DIFFICULT) == ["Wide"]
    assert titles(client, difficulty=Difficulty.BASIC) == ["Easy", "Wide"]
    assert titles(client, skill="C") == ["Easy", "Wide"]
    assert titles(client, skill=["C", "Perl"]) == ["Easy"]
    assert titles(client, gsoc="true") == ["Wide"]


@pytest.mark.parametrize(
    "query",
    [
        {"community": "nowhere"},
        {"difficulty": "9"},
        {"skill": "none"},
        {"page": "x"},
        {"q": "' \" & | ! ( <->"},
        {"q": "\0"},
    ],
    ids=str,
)
def test_a_query_that_makes_no_sense_is_answered(client, query):
    make.listing()

    page = client.get(reverse("projects:list"), query)

    assert page.status_code == 200


def test_ideas_that_are_not_reviewed_have_a_page_of_their_own(client):
    idea = make.idea()
    in_review = make.idea(state=Project.State.IN_REVIEW)
    for state in (Project.State.DRAFT, Project.State.REVIEWED, Project.State.ARCHIVED, Project.State.WITHDRAWN):
        make.project(state=state)

    page = client.get(reverse("projects:ideas"))

    assert [project.pk for project in page.context["page"]] == [in_review.pk, idea.pk]
