"""Finding a project in a round's list: search, filters and their counts, order, and the way out of nothing."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.actions.beginning import write_down_interest
from opw.rounds.models import Participation, Phase
from projects.actions.ideas import tag_skills
from projects.filters import MOST_CHOICES, Finding
from projects.models import Difficulty, Listing
from projects.models.tasks import CLAIM_LASTS
from projects.views.finding import PROJECTS_A_PAGE
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def participation() -> Participation:
    return make.participation(of=make.community("Xen"))


def listed(
    participation: Participation,
    title: str,
    *,
    required: Sequence[str] = (),
    preferred: Sequence[str] = (),
    **fields: Any,
) -> Listing:
    """A listing with this title and these skills; what is said of the listing itself begins with ``listing_``."""
    of_listing = {name.removeprefix("listing_"): fields.pop(name) for name in list(fields) if "listing_" in name}
    project = make.project(participation.community, title=title, **fields)
    tag_skills(project, required=list(required), preferred=list(preferred))
    return make.listing(participation, project=project, **of_listing)


def finding(client, **query) -> Finding:
    found = client.get(reverse("projects:list"), query).context["finding"]
    assert isinstance(found, Finding)
    return found


def titles(client, **query) -> list[str]:
    return [listing.title for listing in finding(client, **query).found]


def counts(client, name: str, **query) -> dict[str, int]:
    """The choices that the page offers of one filter, with their counts."""
    found = finding(client, **query)
    facets = {facet.filter.name: facet for facet in [*found.facets, *found.flags]}
    return {choice.value: choice.count for choice in facets[name].choices} if name in facets else {}


def of_level(lowest: Difficulty, highest: Difficulty) -> dict[str, Any]:
    return {"difficulty_from": lowest, "difficulty_to": highest}


@pytest.mark.parametrize("typed", ["virtulization", "vitrualization", "snapshto virtualisation", "VIRTUALIZTION"])
def test_typing_errors_are_forgiven_when_nothing_has_the_words(client, participation, typed):
    listed(participation, "Snapshots for virtualization")
    listed(participation, "Documents")

    found = finding(client, q=typed)

    assert [listing.title for listing in found.found] == ["Snapshots for virtualization"]
    assert found.hits is not None
    assert found.hits.are_guessed


def test_a_skill_is_found_in_spite_of_a_typing_error(client, participation):
    listed(participation, "Scheduler", required=["JavaScript"])
    listed(participation, "Documents", required=["English"])

    page = client.get(reverse("projects:list"), {"q": "javascirpt"})

    assert [listing.project.title for listing in page.context["page"]] == ["Scheduler"]
    assert "No project has the words “javascirpt”; these have words like them." in page.text


def test_nothing_is_guessed_where_the_words_themselves_are_found(client, participation):
    listed(participation, "Fuzzing")
    listed(participation, "Buzzing")

    found = finding(client, q="fuzzing")

    assert [listing.title for listing in found.found] == ["Fuzzing"]
    assert found.hits is not None
    assert not found.hits.are_guessed


@pytest.mark.parametrize("typed", ["zq", "the", "a b c", "qqqqwwww"])
def test_what_is_like_nothing_finds_nothing(client, participation, typed):
    listed(participation, "Fuzzing")

    assert titles(client, q=typed) == []


def test_levels_that_are_asked_for_are_each_looked_for(client, participation):
    listed(participation, "Easy", **of_level(Difficulty.BASIC, Difficulty.BASIC))
    listed(participation, "Between", **of_level(Difficulty.MEDIUM, Difficulty.MEDIUM))
    listed(participation, "Hard", **of_level(Difficulty.MEDIUM, Difficulty.DIFFICULT))
    listed(participation, "Not said")

    assert titles(client, difficulty=[1, 3]) == ["Easy", "Hard"]


def test_required_and_preferred_skills_are_told_apart(client, participation):
    listed(participation, "Needs", required=["C"])
    listed(participation, "Likes", preferred=["C"])
    listed(participation, "Other", required=["Perl"])

    assert titles(client, skill="C") == ["Likes", "Needs"]
    assert titles(client, skill="C", skill_is="required") == ["Needs"]
    assert titles(client, skill="C", skill_is="preferred") == ["Likes"]
    assert [choice.count for choice in finding(client, skill="C").skills_are] == [2, 1, 1]


def test_only_what_is_open_to_newcomers_is_found(client, participation):
    closed = {"listing_closed_to_newcomers_at": participation.round.published_at}
    listed(participation, "Open")
    listed(participation, "Closed", **closed)

    assert titles(client, open="true") == ["Open"]
    assert counts(client, "open") == {"true": 1}


def test_nothing_is_open_to_newcomers_once_contributions_have_closed(client):
    participation = make.participation(phase=Phase.SELECTION)
    listed(participation, "Open")

    assert titles(client, open="true") == []


def test_only_what_has_a_free_starter_task_is_found(client, participation):
    at = participation.round.published_at
    make.task(listed(participation, "Free").project)
    make.task(listed(participation, "Taken").project, held_by=make.user())
    make.task(listed(participation, "Done").project, done_by=make.user(), done_at=at)
    make.task(listed(participation, "Expired").project, held_by=make.user(), at=at - CLAIM_LASTS)
    listed(participation, "None", also_gsoc=True)

    assert titles(client, tasks="true") == ["Expired", "Free"]
    assert counts(client, "tasks") == {"true": 2}
    assert counts(client, "gsoc", tasks="true") == {}


def test_each_choice_counts_what_it_shows_under_the_other_filters(client, participation):
    other = make.participation(participation.round)
    easy, hard = of_level(Difficulty.BASIC, Difficulty.BASIC), of_level(Difficulty.DIFFICULT, Difficulty.DIFFICULT)
    listed(participation, "One", required=["C"], also_gsoc=True, **easy)
    listed(participation, "Two", required=["C", "Perl"], **hard)
    listed(other, "Three", required=["Perl"], **easy)
    xen = participation.community.slug

    assert counts(client, "community") == {xen: 2, other.community.slug: 1}
    assert counts(client, "difficulty", community=xen) == {"1": 1, "3": 1}
    assert counts(client, "community", community=xen) == {xen: 2, other.community.slug: 1}
    assert counts(client, "skill", skill="C") == {"C": 2, "Perl": 1}
    assert counts(client, "gsoc", skill="C") == {"true": 1}


@pytest.mark.parametrize(
    "query", [{}, {"q": "boot"}, {"difficulty": "1"}, {"skill": "C"}, {"skill": "C", "skill_is": "required"}], ids=str
)
def test_a_count_is_what_the_choice_then_shows(client, participation, query):
    other = make.participation(participation.round)
    for number in range(6):
        level = Difficulty(number % 3 + 1)
        skills = {"required": ["C"][: number % 2], "preferred": ["Perl"][: number % 4]}
        listed(other if number % 2 else participation, f"Boot {number}", **skills, **of_level(Difficulty.BASIC, level))

    promised = {
        (facet.filter.name, choice.value): choice.count
        for facet in finding(client, **query).facets
        for choice in facet.choices
        if not choice.is_asked
    }
    single = {wish: count for wish, count in promised.items() if wish[0] not in query or wish[0] == "skill"}
    shown = {
        (name, value): len(finding(client, **query | {name: [*query.get(name, []), value]}).found)
        for name, value in single
    }

    assert promised
    assert shown == single


def test_what_leaves_nothing_to_choose_is_not_shown(client, participation):
    listed(participation, "Only", required=["C"], also_gsoc=True, **of_level(Difficulty.BASIC, Difficulty.BASIC))

    found = finding(client)

    assert (found.facets, found.flags) == ([], [])


def test_a_long_list_of_skills_shows_those_asked_for_and_the_most_used_and_folds_the_rest(client, participation):
    rare, often = [f"Rare {number}" for number in range(10)], ["C", "Perl"]
    listed(participation, "All", required=rare + often)
    listed(participation, "Some", required=often)

    facet = next(facet for facet in finding(client, skill="Rare 9").facets if facet.filter.name == "skill")
    unasked = next(facet for facet in finding(client).facets if facet.filter.name == "skill")

    assert (facet.shown[0].value, len(facet.shown), len(facet.folded)) == ("Rare 9", MOST_CHOICES, 12 - MOST_CHOICES)
    assert [choice.value for choice in unasked.shown[:2]] == often


def test_the_list_is_ordered_by_title_newest_and_fewest_applicants(client, participation):
    at = participation.round.published_at
    listed(participation, "alpha", listing_listed_at=at, listing_interest="10 or more")
    listed(participation, "Beta", listing_listed_at=at + timedelta(days=2), listing_interest="4 to 9")
    listed(participation, "Gamma", listing_listed_at=at + timedelta(days=1), listing_interest="0")

    assert titles(client) == ["alpha", "Beta", "Gamma"]
    assert titles(client, sort="newest") == ["Beta", "Gamma", "alpha"]
    assert titles(client, sort="fewest") == ["Gamma", "Beta", "alpha"]
    assert titles(client, sort="nonsense") == ["alpha", "Beta", "Gamma"]


def test_within_a_band_of_interest_the_order_tells_nothing_of_the_exact_number(client, participation):
    few, many, some = (listed(participation, title) for title in ("Few", "A lot", "Some"))
    for listing, applicants in ((few, 4), (many, 9), (some, 6)):
        for _ in range(applicants):
            make.application(listing, contributed=False)
        write_down_interest(listing)

    page = client.get(reverse("projects:list"), {"sort": "fewest"})

    assert {listing.interest for listing in page.context["page"]} == {"4 to 9"}
    assert [listing.project.title for listing in page.context["page"]] == ["A lot", "Few", "Some"]
    assert page.text.count("4 to 9 applicants") == 3


def test_what_was_searched_for_can_be_ordered_too(client, participation):
    listed(participation, "A book", description="About fuzzing.")
    listed(participation, "Fuzzing")

    assert titles(client, q="fuzzing") == ["Fuzzing", "A book"]
    assert titles(client, q="fuzzing", sort="title") == ["A book", "Fuzzing"]


def test_an_empty_result_says_what_to_take_away(client, participation):
    other = make.participation(participation.round)
    listed(participation, "Boot", required=["C"])
    listed(other, "Other", required=["Perl"])
    query = {"q": "boot", "community": participation.community.slug, "skill": ["C", "Perl"]}

    page = client.get(reverse("projects:list"), query)
    ways = page.context["finding"].ways_out

    assert [(way.words, way.count) for way in ways] == [
        ("skill: Perl", 1),
        ("the words “boot”", 0),
        ("community: Xen", 0),
        ("skill: C", 0),
    ]
    assert parse_qs(ways[0].address[1:]) == {"q": ["boot"], "community": [participation.community.slug], "skill": ["C"]}
    assert 'skill=C">skill: Perl</a>: 1 project without it' in page.text


def test_a_choice_that_is_no_longer_there_can_be_taken_away(client, participation):
    listed(participation, "Boot")

    found = finding(client, community="gone", gsoc="on")

    assert [(way.words, way.count) for way in found.ways_out] == [
        ("community: gone", 0),
        ("only: Also in Google Summer of Code", 0),
    ]


def test_the_filters_stay_ticked_and_go_along_from_page_to_page(client, participation):
    for number in range(PROJECTS_A_PAGE + 1):
        listed(participation, f"Boot {number:02}", required=["C"] if number else ["C", "Perl"])

    page = client.get(reverse("projects:list"), {"skill": "C", "page": 2})

    assert [listing.project.title for listing in page.context["page"]] == [f"Boot {PROJECTS_A_PAGE}"]
    assert 'name="skill" value="C" checked' in page.text
    assert "?skill=C&amp;page=1" in page.text


@pytest.mark.parametrize("query", [{}, {"q": "boot", "skill": "C", "sort": "newest"}, {"q": "bootz"}], ids=str)
def test_the_list_asks_as_often_for_many_rows_as_for_one(client, participation, query):
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert titles(client, **query)
        return len(asked)

    listed(participation, "Boot", required=["C"])
    few = ask()
    for number in range(5):
        listed(make.participation(participation.round), f"Boot {number}", required=["C"], preferred=[f"Skill {number}"])

    assert ask() == few
    assert few <= 12


def test_the_page_of_ideas_says_what_each_lacks_and_how_to_help(client):
    idea = make.idea(outcomes="")

    page = client.get(reverse("projects:ideas"))

    assert "Outcomes is not written." in page.text
    assert f"{reverse('account_login')}?next={reverse('projects:ideas')}" in page.text
    assert idea.get_absolute_url() in page.text
