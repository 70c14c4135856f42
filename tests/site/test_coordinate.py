"""The coordinators' own page: what waits for a decision, how far people have come, and their communities."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, InitialApplication
from opw.accounts.models import User
from opw.rounds.models import Participation, Phase, Round
from projects.models import Project
from tests import make, scenarios

pytestmark = pytest.mark.django_db


def page_of(reader: User, **asked: str):
    client = Client()
    client.force_login(reader)
    return client.get(reverse("site:coordinate"), asked)


def decisions(reader: User) -> dict[str, int]:
    return {one.words: one.number for one in page_of(reader).context["stands"].decisions}


def totals(reader: User) -> list[int]:
    return [count.people for count in page_of(reader).context["stands"].total]


def where_all_waits(participation: Participation) -> None:
    """Selection has closed, and one thing of each kind waits for a decision; two proposals want the same person."""
    community, round = participation.community, participation.round
    make.idea(community)
    make.initial_application(round=round, status=InitialApplication.Status.SUBMITTED, is_in_doubt=True)
    proposal = make.selection(participation)
    make.selection(application=make.application(make.listing(participation), proposal.application.applicant))
    make.application(make.listing(participation))
    scenarios.reach(round, "selection_closes_at")


def test_what_waits_for_a_program_coordinator():
    where_all_waits(make.participation(phase=Phase.SELECTION))

    assert decisions(make.program_coordinator()) == {
        "initial application in doubt": 1,
        "proposals to confirm": 2,
        "applicant whom two projects want": 1,
        "project with undecided applications": 1,
    }


def test_what_waits_for_a_community_coordinator_is_of_her_communities():
    coordinator, round = make.user(), make.round(Phase.SELECTION)
    hers = [make.participation(round, of=make.community(coordinator=coordinator)) for _ in range(2)]
    for participation in (*hers, make.participation(round)):
        where_all_waits(participation)

    assert decisions(coordinator) == {
        "ideas to review": 2,
        "proposals to confirm": 4,
        "projects with undecided applications": 2,
    }


def test_reviewed_projects_wait_to_be_offered_until_applications_close():
    participation = make.participation()
    project = make.project(participation.community)
    make.project(participation.community, state=Project.State.ARCHIVED)
    make.listing(participation)
    coordinator = make.coordinator_of(participation)

    before = decisions(coordinator)
    scenarios.reach(participation.round, "applications_close_at")
    after = decisions(coordinator)

    assert project.is_reviewed
    assert (before, after) == ({"reviewed project that is not offered": 1}, {})


def test_what_is_decided_waits_no_more():
    decided = scenarios.selected_not_selected_and_waiting()

    assert decisions(decided.program_coordinator) == {}
    assert "Nothing waits for your decision." in page_of(decided.program_coordinator).text


def test_undecided_applications_wait_from_the_close_of_selection_on():
    application = make.application()
    coordinator = make.program_coordinator()
    round = application.round

    scenarios.reach(round, "selection_closes_at")
    since = decisions(coordinator)
    round.selection_closes_at += timedelta(minutes=1)
    round.save()
    before = decisions(coordinator)

    assert (before, since) == ({}, {"project with undecided applications": 1})


def test_an_application_without_a_contribution_is_not_undecided():
    application = make.application(contributed=False)
    scenarios.reach(application.round, "selection_closes_at")

    assert decisions(make.program_coordinator()) == {}


@pytest.mark.parametrize("role", ["community", "program"])
def test_whom_she_stepped_back_from_waits_for_others(role):
    selection = make.selection(make.participation(phase=Phase.SELECTION))
    application = selection.application
    undecided = make.application(make.listing(application.listing.participation))
    coordinator = make.coordinator_of(application.listing) if role == "community" else make.program_coordinator()
    InitialApplication.objects.update(is_in_doubt=True)
    scenarios.reach(application.round, "selection_closes_at")
    for hidden in (application, undecided):
        make.recusal(coordinator, hidden.applicant)

    assert decisions(coordinator) == {}
    assert totals(coordinator) == [0] * 6


@pytest.mark.parametrize("role", ["community", "program"])
def test_a_coordinator_who_applies_sees_nothing_of_the_selection(role):
    participation = make.participation(phase=Phase.SELECTION)
    where_all_waits(participation)
    coordinator = make.coordinator_of(participation) if role == "community" else make.program_coordinator()
    make.application(make.listing(make.participation(participation.round)), coordinator)

    page = page_of(coordinator)

    words = {"community": "idea to review", "program": "initial application in doubt"}[role]
    assert decisions(coordinator) == {words: 1}
    assert page.context["stands"].total == []
    assert {len(row.counts) for row in page.context["stands"].rows} == {0}
    assert reverse("mentors:glance", args=[participation.round.slug]) not in page.text


def test_the_page_says_how_far_people_have_come():
    participation = make.participation()
    make.rating(make.application(make.listing(participation)))
    make.application(make.listing(participation), status=Application.Status.DRAFT)

    assert totals(make.coordinator_of(participation)) == [2, 2, 2, 1, 1, 0]


def test_the_page_begins_with_the_phase_and_what_comes_next():
    participation = make.participation(phase=Phase.SELECTION)

    page = page_of(make.coordinator_of(participation))

    assert f"{participation.round}: selection." in page.text
    assert "Selection closes" in page.text


def test_many_communities_are_found_by_name():
    round = make.round()
    wanted = make.participation(round, of=make.community("Xen Project"))
    for number in range(8):
        make.participation(round, of=make.community(f"Other {number}"))
    coordinator = make.program_coordinator()

    everything, found, nothing = (page_of(coordinator, q=words) for words in ("", "xen", "nowhere"))

    assert len(everything.context["stands"].rows) == 9
    assert [row.participation for row in found.context["stands"].rows] == [wanted]
    assert "No community has this in its name." in nothing.text
    assert 'role="search"' not in page_of(make.coordinator_of(wanted)).text


def test_one_community_is_one_step_away():
    participation = make.participation(phase=Phase.SELECTION)
    make.selection(participation)

    decision = page_of(make.coordinator_of(participation)).context["stands"].decisions[0]

    assert decision.address == reverse("mentors:selections", args=[participation.pk])


def test_without_a_round_the_first_one_can_be_planned():
    page = page_of(make.program_coordinator())

    assert "There is no round yet." in page.text
    assert f'btn-primary" href="{reverse("site:new_round")}">Plan the first round' in page.text


def test_each_other_round_is_one_step_away_with_where_it_stands():
    past, planned = make.round(Phase.FINISHED), make.round(**make.schedule(Phase.PLANNED))
    Round.objects.filter(pk=planned.pk).update(published_at=planned.applications_open_at)

    page = page_of(make.program_coordinator())

    assert page.context["round"] == past
    assert page.context["others"] == [planned]
    assert reverse("site:round", args=[planned.slug]) in page.text
    assert "planned: published" in page.text
