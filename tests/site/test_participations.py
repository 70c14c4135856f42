"""The communities of a round: added until the results are out, ended until they offered a project."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from mentors.actions import add_slot
from opw.audit.models import Event
from opw.communities.models import Community
from opw.errors import Refused
from opw.rounds.models import Participation, Phase, Round
from projects.actions import end_participation, list_project
from tests import make
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db


def page_of(round: Round) -> str:
    return reverse("site:participations", args=[round.slug])


def ending(participation: Participation) -> str:
    return reverse("site:end_participation", args=[participation.pk])


def add(round: Round, community: Community, slots: str = "2") -> Any:
    data = {"community": str(community.pk), "slots": slots}
    return browser_of(make.program_coordinator()).post(page_of(round), data, follow=True)


def end(participation: Participation) -> Any:
    return browser_of(make.program_coordinator()).post(ending(participation), follow=True)


@pytest.mark.parametrize("phase", [Phase.PLANNED, Phase.OPEN])
def test_a_community_is_added_with_its_slots_also_before_the_round_is_published(phase):
    round, community = make.round(phase), make.community("Xen")
    if phase == Phase.PLANNED:
        Round.objects.update(published_at=round.applications_open_at)

    page = add(round, community)

    added = round.participations.get()
    assert (added.community, added.slots.count()) == (community, 2)
    assert [(row.community, row.funded, row.offered) for row in page.context["participations"]] == [(community, 2, 0)]
    assert "Xen takes part in" in page.text


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ("-1", "greater than or equal to 0"),
        ("101", "less than or equal to 100"),
        ("", "required"),
        ("two", "whole number"),
        ("1" * 40, "less than or equal to 100"),
    ],
)
def test_a_number_of_slots_that_cannot_be_comes_back_with_words_and_what_was_chosen(slots, words):
    round, community = make.round(), make.community()

    page = add(round, community, slots)

    assert words in " ".join(page.context["form"].errors["slots"])
    assert page.context["form"]["community"].value() == str(community.pk)
    assert not round.participations.exists()


def test_who_takes_part_is_not_added_twice():
    participation = make.participation()

    page = add(participation.round, participation.community)

    assert list(page.context["form"].errors) == ["community"]
    assert participation.community not in page.context["form"].fields["community"].queryset


def test_nobody_is_added_once_the_results_are_out():
    round = make.round(Phase.ANNOUNCED)

    page = add(round, make.community())

    assert "nobody else takes part any more" in page.context["form"].errors["community"][0]
    assert "Add a community" not in page.text


def test_a_participation_without_a_project_ends_and_its_slots_go_with_it():
    participation = make.participation(slots=3)

    page = end(participation)

    event = Event.objects.get(deed="participation_ended")
    assert "takes no part in" in page.text
    assert not Participation.objects.exists()
    assert event.before == {"community": participation.community_id, "slots": 3}
    assert event.round_id == participation.round_id


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_participation_that_offered_a_project_stays(withdrawn):
    listing = make.listing()
    if withdrawn:
        listing.withdrawn_at = listing.listed_at
        listing.save()

    page = end(listing.participation)

    assert "has offered projects in" in page.text
    assert Participation.objects.get() == listing.participation
    assert ending(listing.participation) not in page.text


def test_a_participation_stays_once_the_results_are_out():
    participation = make.participation(phase=Phase.ANNOUNCED)

    page = end(participation)

    assert "who took part stays" in page.text
    assert Participation.objects.get() == participation


def test_what_was_ended_meanwhile_is_refused_in_words():
    participation = make.participation()
    again, coordinator = Participation.objects.get(), make.program_coordinator()
    end_participation(participation=participation, by=coordinator)

    with pytest.raises(Refused, match="takes no part"):
        end_participation(participation=again, by=coordinator)
    with pytest.raises(Refused, match="takes no part"):
        add_slot(participation=again, by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_twenty_who_add_the_same_community_at_once_add_it_once():
    round, community, program = make.round(), make.community(), make.program_coordinator()
    data = {"community": community.pk, "slots": 2}

    pages = together(*(posting(browser_of(program), page_of(round), data) for _ in range(20)))

    assert [page.status_code for page in pages] == [200] * 20
    assert round.participations.get().slots.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_project_offered_while_its_participation_ends_is_offered_or_refused():
    round, program = make.round(), make.program_coordinator()
    for _ in range(5):
        participation = make.participation(round)
        project = make.project(participation.community)
        offer = partial(list_project, project=project, round=round, by=program)
        leave = partial(end_participation, participation=participation, by=program)

        offered, left = together(partial(was_done, offer), partial(was_done, leave))

        assert offered != left
        assert project.listings.exists() == offered


def was_done(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Refused:
        return False
    return True
