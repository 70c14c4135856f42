"""A community's board: what its reviewed projects offer together, where they are lopsided, and who were its interns."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opw.communities.models import Community
from opw.rounds.models import Phase
from projects.actions.ideas import tag_skills
from projects.board import Board, board_of
from projects.models import Difficulty, Intern, Project
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def community() -> Community:
    return make.community()


def reviewed(community: Community, lowest: int | None = None, highest: int | None = None, **fields: Any) -> Project:
    return make.project(community, difficulty_from=lowest, difficulty_to=highest or lowest, **fields)


def board(community: Community) -> Board:
    made = board_of(list(Project.objects.filter(community=community).with_people()))
    assert made
    return made


def chart(community: Community, name: str) -> dict[str, int]:
    bars = {chart.name: chart.bars for chart in board(community).charts}
    return {bar.words: bar.count for bar in bars.get(name, [])}


def test_levels_are_counted_wherever_a_range_touches_them(community):
    reviewed(community, Difficulty.BASIC, Difficulty.MEDIUM)
    reviewed(community, Difficulty.MEDIUM)
    reviewed(community)

    assert chart(community, "levels") == {"basic": 1, "medium": 2, "difficult": 0, "not said": 1}


def test_skills_are_counted_the_most_asked_for_first(community):
    for number in range(3):
        project = reviewed(community)
        tag_skills(project, required=["C"], preferred=["Perl"][: number % 2])

    assert list(chart(community, "skills").items()) == [("C", 3), ("Perl", 1)]


def test_mentors_count_once_they_have_confirmed(community):
    alone, together, nobody = (reviewed(community) for _ in range(3))
    make.mentorship(together, make.user())
    make.mentorship(alone, make.user(), confirmed=False)
    nobody.mentorships.update(confirmed_at=None)

    assert chart(community, "mentors") == {"none confirmed": 1, "1 mentor": 1, "2 mentors": 1}


def test_a_bar_is_as_long_as_its_share_and_never_vanishes(community):
    for number in range(30):
        reviewed(community, Difficulty.BASIC if number else Difficulty.DIFFICULT)

    levels = board(community).charts[0].bars

    assert [bar.steps for bar in levels] == [10, 0, 1]


def remarks(community: Community) -> set[str]:
    return set(board(community).remarks)


def test_a_level_that_nothing_touches_is_remarked(community):
    for _ in range(2):
        make.mentorship(reviewed(community, Difficulty.MEDIUM, Difficulty.DIFFICULT), make.user())

    assert remarks(community) == {"Nothing for beginners: no project is basic."}


def test_levels_are_not_missed_where_none_is_said(community):
    make.mentorship(reviewed(community), make.user())

    assert remarks(community) == set()


def test_a_list_that_is_mostly_of_one_level_is_remarked(community):
    for level in (Difficulty.DIFFICULT,) * 3:
        make.mentorship(reviewed(community, level), make.user())
    make.mentorship(reviewed(community, Difficulty.BASIC, Difficulty.MEDIUM), make.user())

    assert remarks(community) == {"3 of 4 projects are difficult and nothing else."}


def test_a_skill_that_every_project_requires_is_remarked(community):
    for preferred in ([], ["Perl"], ["Perl"]):
        project = reviewed(community)
        make.mentorship(project, make.user())
        tag_skills(project, required=["C"], preferred=preferred)

    assert remarks(community) == {"Every project requires C."}


def test_one_person_in_many_places_is_remarked_without_a_name(community):
    busy = make.user("Busy Bee")
    for number in range(4):
        make.mentorship(reviewed(community), busy if number else make.user())

    assert remarks(community) == {"One person mentors 3 of 4 projects."}


def test_projects_without_a_second_mentor_are_remarked(community):
    reviewed(community)
    reviewed(community).mentorships.update(confirmed_at=None)

    assert remarks(community) == {"1 of 2 projects looks for a mentor.", "1 of 2 projects has a single mentor."}


def test_a_community_without_reviewed_projects_has_no_board(client, community):
    make.idea(community)

    page = client.get(community.get_absolute_url())

    assert "The board" not in page.text


def test_the_page_shows_the_board_as_tables_of_reviewed_projects_alone(client, community):
    reviewed(community, Difficulty.BASIC)
    make.idea(community, difficulty_from=Difficulty.DIFFICULT, difficulty_to=Difficulty.DIFFICULT)

    page = client.get(community.get_absolute_url())

    rows = [
        '<th scope="row">basic</th><td class="number">1</td>',
        '<th scope="row">difficult</th><td class="number">0</td>',
    ]
    assert [row in page.text for row in rows] == [True, True]
    assert "style=" not in page.text.split("<main")[1]


def test_the_community_names_its_past_interns_as_they_chose(client, community):
    at_last = make.round(Phase.FINISHED)
    project = reviewed(community, title="Boot", state=Project.State.ARCHIVED)
    Intern.objects.create(round=at_last, project=project, person=make.user(), name="Ada")
    Intern.objects.create(round=at_last, project=project, person=make.user())
    Intern.objects.create(round=at_last, project=reviewed(make.community()), person=make.user(), name="Elsewhere")

    page = client.get(community.get_absolute_url())

    assert "<strong><bdi>Ada</bdi></strong>" in page.text
    assert "<strong><bdi>An intern</bdi></strong>" in page.text
    assert "Elsewhere" not in page.text


def test_nobody_is_an_intern_before_the_release(client, community):
    Intern.objects.create(
        round=make.round(Phase.SELECTION), project=reviewed(community), person=make.user(), name="Not yet"
    )

    assert "Not yet" not in client.get(community.get_absolute_url()).text


def test_the_board_and_the_interns_ask_the_database_as_often_for_many_as_for_one(client, community):
    round = make.round(Phase.FINISHED)

    def grow() -> None:
        project = reviewed(community, Difficulty.BASIC)
        tag_skills(project, required=["C"], preferred=["Perl"])
        Intern.objects.create(round=round, project=project, person=make.user(), name="Ada")

    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(community.get_absolute_url())
        return len(asked)

    grow()
    ask()
    few = ask()
    for _ in range(5):
        grow()

    assert ask() == few
    assert few <= 12
