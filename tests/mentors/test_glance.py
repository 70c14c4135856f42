"""The round at a glance: the funnel, what happened over time, slots and candidates; of whom the reader may see."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, InitialApplication
from mentors.funnel import STAGES
from opw.accounts.models import User
from opw.rounds.models import Participation, Phase, Round
from projects.models import Listing
from tests import make, scenarios

pytestmark = pytest.mark.django_db

Status = Application.Status


def glance(reader: User, round: Round, **asked: str):
    client = Client()
    client.force_login(reader)
    return client.get(reverse("mentors:glance", args=[round.slug]), asked)


def total(page) -> list[int]:
    return [count.people for count in page.context["funnel"].total.counts]


def lines(page) -> dict[object, list[int]]:
    return {line.place: [count.people for count in line.counts] for line in page.context["funnel"].lines}


def one_at_each_stage(participation: Participation) -> Listing:
    """A listing with one person who has come to each stage and no further; whoever came further was there too."""
    listing = make.listing(participation)
    round = participation.round
    doubted = make.initial_application(round=round, status=InitialApplication.Status.SUBMITTED)
    make.application(listing, doubted.applicant, status=Status.DRAFT, contributed=False)
    make.application(listing, status=Status.DRAFT, contributed=False)
    make.application(listing, status=Status.DRAFT)
    make.application(listing)
    make.rating(make.application(listing))
    selection = make.selection(application=make.application(listing))
    make.rating(selection.application)
    return listing


def test_the_funnel_counts_people_at_each_stage():
    participation = make.participation(phase=Phase.SELECTION)
    listing = one_at_each_stage(participation)
    make.initial_application(round=participation.round, status=InitialApplication.Status.DRAFT)

    page = glance(make.program_coordinator(), participation.round)

    assert list(STAGES) == ["signed_up", "eligible", "contributed", "submitted", "rated", "selected"]
    assert lines(page) == {listing: [6, 5, 4, 3, 2, 1]}
    assert total(page) == [7, 5, 4, 3, 2, 1]


def test_who_is_at_two_projects_is_one_person_in_her_community_and_in_the_round():
    round = make.round()
    here, elsewhere = make.participation(round), make.participation(round)
    person = make.user()
    for participation in (here, here, elsewhere):
        make.application(make.listing(participation), person)

    page = glance(make.program_coordinator(), round)

    assert lines(page) == {here: [1, 1, 1, 1, 0, 0], elsewhere: [1, 1, 1, 1, 0, 0]}
    assert total(page) == [1, 1, 1, 1, 0, 0]


def test_a_contribution_without_an_application_counts():
    listing = make.listing()
    make.contribution(listing)

    page = glance(make.program_coordinator(), listing.round)

    assert total(page) == [1, 0, 1, 0, 0, 0]


def test_who_withdrew_has_signed_up_and_no_more():
    application = make.selection(application=make.application(contributed=False)).application
    make.rating(application)
    application.status, application.withdrawn_at = Status.WITHDRAWN, timezone.now()
    application.save()

    page = glance(make.program_coordinator(), application.round)

    assert total(page) == [1, 1, 0, 0, 0, 0]


def test_other_rounds_and_withdrawn_listings_do_not_count():
    listing = make.listing()
    make.application(make.listing(make.earlier(listing.participation)))
    make.application(make.listing(listing.participation, withdrawn_at=timezone.now()))

    page = glance(make.coordinator_of(listing), listing.round)

    assert lines(page) == {listing: [0] * 6}


def test_a_community_coordinator_sees_her_communities_alone():
    round, coordinator = make.round(Phase.SELECTION), make.user()
    hers = [make.participation(round, of=make.community(coordinator=coordinator)) for _ in range(2)]
    others = make.participation(round)
    for participation in (*hers, others):
        one_at_each_stage(participation)
    make.initial_application(round=round)

    page = glance(coordinator, round)

    assert lines(page) == {participation: [6, 5, 4, 3, 2, 1] for participation in hers}
    assert total(page) == [12, 10, 8, 6, 4, 2]
    assert [one.participation for one in page.context["slots"]] == hers
    assert others.community.name not in page.text


def test_the_page_can_be_narrowed_to_one_community_of_hers():
    round = make.round()
    here, elsewhere = make.participation(round), make.participation(round)
    listing = one_at_each_stage(here)
    coordinator = make.coordinator_of(here)

    page = glance(make.program_coordinator(), round, community=here.community.slug)
    not_hers = glance(coordinator, round, community=elsewhere.community.slug)

    assert lines(page) == {listing: [6, 5, 4, 3, 2, 1]}
    assert total(page) == [6, 5, 4, 3, 2, 1]
    assert not_hers.status_code == 404


@pytest.mark.parametrize("role", ["community", "program"])
def test_nobody_counts_whom_she_stepped_back_from(role):
    selection = make.selection(make.participation(phase=Phase.SELECTION))
    application, listing = selection.application, selection.application.listing
    make.rating(application)
    coordinator = make.coordinator_of(listing) if role == "community" else make.program_coordinator()
    make.recusal(coordinator, application.applicant)

    page = glance(coordinator, listing.round)

    charts = page.context["over_time"][0].charts
    assert total(page) == [0] * 6
    assert [chart.count for chart in charts] == [0, 0, 0]
    assert page.context["slots"][0].proposed == []
    assert page.context["without_candidate"] == [(listing.participation, [listing])]
    assert application.applicant.name not in page.text


@pytest.mark.parametrize("role", ["community", "program"])
def test_a_coordinator_who_applies_sees_none_of_it(role):
    participation = make.participation()
    coordinator = make.coordinator_of(participation) if role == "community" else make.program_coordinator()
    make.application(make.listing(make.participation(participation.round)), coordinator)

    page = glance(coordinator, participation.round)

    assert page.status_code == 404


def test_a_coordinator_who_withdrew_her_own_is_not_counted_herself():
    participation = make.participation()
    coordinator = make.coordinator_of(participation)
    make.application(make.listing(participation), coordinator, status=Status.WITHDRAWN)

    assert total(glance(coordinator, participation.round)) == [0] * 6


def test_deeds_are_shown_on_their_day_in_utc_up_to_the_deadline():
    listing = make.listing()
    round = listing.round
    opens = datetime(2026, 3, 1, 12, tzinfo=UTC)
    scenarios.reach(round, "applications_open_at", now=opens)
    last_minute = round.applications_close_at - timedelta(minutes=1)
    on_the_second = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
    make.application(listing, created_at=on_the_second, submitted_at=last_minute, contributed=False)
    make.application(listing, created_at=on_the_second, status=Status.DRAFT, contributed=False)
    make.contribution(listing, recorded_at=datetime(2026, 3, 3, 0, 0, tzinfo=UTC))

    by_day, by_hour = glance(make.coordinator_of(listing), round).context["over_time"]

    begun, contributed, submitted = by_day.charts
    assert [(bar.at.day, bar.count) for bar in begun.bars if bar.count] == [(2, 2)]
    assert [(bar.at.day, bar.count) for bar in contributed.bars if bar.count] == [(3, 1)]
    assert [(bar.at.date(), bar.count) for bar in submitted.bars if bar.count] == [(last_minute.date(), 1)]
    assert (by_day.starts_at.date(), by_day.ends_at.date()) == (opens.date(), round.contributions_close_at.date())
    assert (submitted.closes_at, submitted.closes_x) == (round.applications_close_at, 305)  # thirty days and a half
    assert [(bar.at, bar.count) for bar in by_hour.charts[2].bars if bar.count] == [
        (round.applications_close_at - timedelta(hours=1), 1)
    ]
    assert len(by_hour.rows) == 24


def test_the_deadline_of_the_chart_is_the_one_in_force():
    listing = make.listing()
    until = listing.round.applications_close_at + timedelta(days=1)
    make.extension(listing.round, until_at=until)

    charts = glance(make.coordinator_of(listing), listing.round).context["over_time"][0].charts

    assert [charts[0].closes_at, charts[1].closes_at] == [until, listing.round.contributions_close_at]


def test_a_chart_reads_as_a_table_too():
    listing = make.listing()
    make.contribution(listing)

    page = glance(make.coordinator_of(listing), listing.round)

    assert '<td class="number" data-label="Contributions recorded">1</td>' in page.text


def test_before_applications_open_there_is_nothing_to_draw():
    participation = make.participation(phase=Phase.PLANNED)

    page = glance(make.program_coordinator(), participation.round)

    assert "Applications are not open yet." in page.text


def test_slots_show_who_fills_them_and_who_is_wanted_twice():
    round = make.round(Phase.SELECTION)
    participation, other = make.participation(round, slots=2), make.participation(round)
    confirmed = make.selection(participation, confirmed=True)
    first = make.selection(participation)
    second = make.selection(application=make.application(make.listing(other), first.application.applicant))
    nobody = make.application(make.listing(participation)).listing

    page = glance(make.program_coordinator(), round)

    slots = [(one.funded, one.confirmed, one.proposed) for one in page.context["slots"]]
    assert slots == [(2, [confirmed], [first]), (1, [], [second])]
    assert page.context["wanted_twice"] == [[first, second]]
    assert page.context["without_candidate"] == [(participation, [nobody])]


def test_while_applications_are_open_a_candidate_is_who_submitted():
    participation = make.participation()
    make.application(make.listing(participation))
    nobody = make.application(make.listing(participation), status=Status.DRAFT).listing

    page = glance(make.coordinator_of(participation), participation.round)

    assert page.context["without_candidate"] == [(participation, [nobody])]


def test_the_funnel_is_exported_by_project_and_nothing_in_it_is_a_formula(client):
    participation = make.participation()
    listing = make.listing(participation, project=make.project(participation.community, title="=1+1"))
    make.application(listing)
    client.force_login(make.program_coordinator())

    answer = client.get(reverse("mentors:funnel_csv", args=[participation.round.slug]))

    rows = list(csv.reader(answer.text.removeprefix("\ufeff").splitlines()))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert rows == [
        ["Community", "Project", "Signed up", "Eligible", "Contributed", "Submitted", "Rated", "Selected"],
        [participation.community.name, "'=1+1", "1", "1", "1", "1", "0", "0"],
    ]
