"""What waits for a mentor or coordinator: on her own page and on the dashboard, with the time she has."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.actions import step_back
from applications.models import Application, InitialApplication
from mentors.models import Reading
from mentors.what_waits import SHOWN, WhatWaits
from opw.accounts.models import User
from opw.rounds.models import Phase
from projects.models import Listing
from tests import make, scenarios

pytestmark = pytest.mark.django_db

AGO = timezone.now() - timedelta(days=3)
MESSAGES = "Messages to answer"
CONTRIBUTIONS = "Contributions to look at"
TO_RATE = "Applications to rate"
CHANGED = "Changed since you read them"
TO_PROPOSE = "Projects without a proposal"
TO_CONFIRM = "Proposals to confirm"
THE_REST = "Projects whose other applicants are not decided"
IN_DOUBT = "Initial applications in doubt"
TO_SEAL = "Results to seal"


def what_waits(person: User, page: str = "mentors:home") -> WhatWaits:
    client = Client()
    client.force_login(person)
    found: WhatWaits = client.get(reverse(page)).context["what_waits"]
    return found


def waiting(person: User, page: str = "mentors:home") -> dict[str, list[str]]:
    """The names of what waits, by what is to be done."""
    return {deed.title: [thing.name for thing in deed.things] for deed in what_waits(person, page).deeds}


def listing_in(phase: Phase) -> Listing:
    return make.listing(make.participation(phase=phase))


def looked_at(listing: Listing) -> Application:
    """An application whose contribution counts."""
    application = make.application(listing, contributed=False)
    make.contribution(listing, application.applicant, mark="counts")
    return application


def test_all_of_a_mentors_things_stand_on_both_pages_the_nearest_deadline_first():
    listing = make.listing()
    mentor = make.mentor_of(listing)
    application = make.application(listing)
    make.message(listing, application.applicant)
    contribution = str(make.contribution(listing, make.user()))
    make.contribution(listing, make.user(), mark="counts")
    first = make.contribution(listing, make.user(), recorded_at=AGO).title

    on_both = waiting(mentor), waiting(mentor, "site:dashboard")

    name = application.applicant.name
    patches = on_both[0][CONTRIBUTIONS]
    assert on_both[0] == on_both[1]
    assert list(on_both[0]) == [MESSAGES, CONTRIBUTIONS, TO_RATE]
    assert (patches[0], patches[-1], len(patches)) == (first, contribution, 3)
    assert (on_both[0][MESSAGES], on_both[0][TO_RATE]) == ([name], [name])


def test_the_first_thing_is_one_button_and_each_leads_to_where_it_is_done(client):
    listing = make.listing()
    asks = make.message(listing, make.user("Maya"))
    patch = make.contribution(listing)
    client.force_login(make.mentor_of(listing))

    page = client.get(reverse("mentors:home")).text

    thread = reverse("mentors:messages", args=[listing.pk, asks.applicant_id])
    assert f'class="btn btn-primary" href="{thread}#message-{asks.pk}">Answer <bdi>Maya</bdi></a>' in page
    assert f'href="{reverse("mentors:listing", args=[listing.pk])}#contribution-{patch.pk}"' in page
    assert page.count("btn-primary") == 1


def test_a_long_list_is_cut_and_says_how_many_more_there_are(client):
    listing = make.listing()
    for _ in range(SHOWN + 12):
        make.contribution(listing)
    client.force_login(make.mentor_of(listing))

    page = client.get(reverse("mentors:home"))

    (deed,) = page.context["what_waits"].deeds
    assert (len(deed.things), deed.number) == (SHOWN, SHOWN + 12)
    assert "and 12 more" in page.text


def test_a_contribution_waits_until_contributions_close_and_then_until_selection_does():
    listing = make.listing()
    make.contribution(listing)
    mentor, round = make.mentor_of(listing), listing.round

    untils = []
    for phase in (Phase.OPEN, Phase.SELECTION):
        scenarios.put_into(round, phase)
        untils.append([deed.until for deed in what_waits(mentor).deeds if deed.title == CONTRIBUTIONS])
        untils[-1] += [round.contributions_close_at, round.selection_closes_at]

    assert untils[0][0] == untils[0][1]
    assert untils[1][0] == untils[1][2]


def test_after_the_close_of_selection_nothing_is_looked_at_or_rated():
    application = make.application()
    scenarios.reach(application.round, "selection_closes_at")

    assert waiting(make.mentor_of(application.listing)) == {}


def test_what_is_answered_or_was_never_asked_does_not_wait():
    listing, answered, elsewhere = make.listing(), make.user(), make.user()
    mentor = make.mentor_of(listing)
    make.message(listing, answered, at=AGO)
    make.message(listing, answered, author=mentor)
    make.message(listing, elsewhere, is_elsewhere=True)

    assert waiting(mentor) == {}


def test_a_coordinator_answers_where_she_wrote_before():
    listing, asks, other = make.listing(), make.user(), make.user()
    coordinator = make.coordinator_of(listing)
    make.message(listing, asks, author=coordinator, at=AGO)
    make.message(listing, asks)
    make.message(listing, other)

    assert waiting(coordinator) == {MESSAGES: [asks.name]}


def test_what_changed_since_it_was_read_waits_and_what_is_to_be_rated_stands_once():
    listing = listing_in(Phase.OPEN)
    mentor = make.mentor_of(listing)
    rated, unrated = looked_at(listing), looked_at(listing)
    make.rating(rated, mentor)
    for application in (rated, unrated):
        Reading.objects.create(application=application, reader=mentor, up_to=timezone.now() - timedelta(minutes=1))
    Application.objects.update(submitted_at=timezone.now() + timedelta(minutes=1))

    assert waiting(mentor) == {TO_RATE: [unrated.applicant.name], CHANGED: [rated.applicant.name]}


def test_a_project_waits_for_its_proposal_once_contributions_are_closed():
    listing = make.listing()
    mentor = make.mentor_of(listing)
    make.rating(looked_at(listing), mentor)

    while_open = waiting(mentor)
    scenarios.put_into(listing.round, Phase.SELECTION)
    in_selection = waiting(mentor)
    make.selection(application=Application.objects.get())
    proposed = waiting(mentor)

    assert (while_open, in_selection, proposed) == ({}, {TO_PROPOSE: [listing.project.title]}, {})


def test_who_has_no_contribution_cannot_be_proposed():
    listing = listing_in(Phase.SELECTION)
    make.rating(make.application(listing, contributed=False))

    assert waiting(make.mentor_of(listing)) == {}


def test_coordinators_confirm_and_then_decide_the_rest():
    listing = listing_in(Phase.SELECTION)
    coordinator = make.coordinator_of(listing)
    selection = make.selection(application=looked_at(listing))
    looked_at(listing)

    proposed = waiting(coordinator, "site:dashboard")
    selection.slot = listing.participation.slots.get()
    selection.confirmed_by, selection.confirmed_at = coordinator, timezone.now()
    selection.save()
    confirmed = waiting(coordinator)
    scenarios.reach(listing.round, "selection_closes_at")
    closed = waiting(coordinator)
    make.rest_not_accepted(listing)

    assert proposed == {TO_CONFIRM: [selection.application.applicant.name]}
    assert confirmed == {}
    assert closed == {THE_REST: [listing.project.title]}
    assert waiting(coordinator) == {}


def test_program_coordinators_decide_about_doubts_and_seal():
    decided = scenarios.selected_not_selected_and_waiting()
    doubted = make.initial_application(
        round=decided.round, status=InitialApplication.Status.SUBMITTED, is_in_doubt=True
    )  # fmt: skip

    before = waiting(decided.program_coordinator, "site:dashboard")
    InitialApplication.objects.update(is_in_doubt=False)
    scenarios.seal(decided.round)

    assert before == {IN_DOUBT: [doubted.applicant.name], TO_SEAL: [decided.round.name]}
    assert waiting(decided.program_coordinator) == {}


def test_nothing_waits_of_whom_she_stepped_back_from():
    listing = listing_in(Phase.SELECTION)
    mentor, coordinator = make.mentor_of(listing), make.coordinator_of(listing)
    application = make.application(listing)
    make.message(listing, application.applicant)
    make.message(listing, application.applicant, author=coordinator, at=AGO)
    make.selection(application=application)

    for person in (mentor, coordinator):
        step_back(applicant=application.applicant, by=person, reason="A friend.")

    assert (waiting(mentor), waiting(coordinator)) == ({}, {})


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SELECTION])
def test_nothing_waits_in_a_round_in_which_she_applies(phase):
    listing = listing_in(phase)
    mentor, coordinator = make.mentor_of(listing), make.coordinator_of(listing)
    application = make.application(listing)
    make.message(listing, application.applicant)
    make.selection(application=application)

    for person in (mentor, coordinator):
        make.application(make.listing(make.participation(listing.round)), person)

    assert (waiting(mentor), waiting(coordinator)) == ({}, {})


def test_another_projects_things_do_not_wait_for_her():
    listing = make.listing()
    other = make.application(make.listing(listing.participation))
    make.message(other.listing, other.applicant)

    assert waiting(make.mentor_of(listing)) == {}


@pytest.mark.parametrize(
    ("phase", "says"),
    [(Phase.OPEN, "They can contribute until"), (Phase.SELECTION, "Selection closes"), (Phase.ANNOUNCED, "are out")],
)
def test_who_has_nothing_to_do_is_thanked_and_told_what_comes_next(client, phase, says):
    client.force_login(make.mentor_of(listing_in(phase)))

    page = client.get(reverse("mentors:home"))

    assert "Nothing waits for you. Thank you." in page.text
    assert says in page.text


def test_a_mentor_who_does_not_apply_reads_nothing_of_applying_on_her_dashboard(client):
    listing = make.listing()
    client.force_login(make.mentor_of(listing))

    without = client.get(reverse("site:dashboard"))
    make.application(make.listing(make.participation(listing.round)), make.mentor_of(listing))
    applying = client.get(reverse("site:dashboard"))

    my_application = f'<a class="btn btn-primary" href="{reverse("applications:home")}">'
    assert (my_application in without.text, my_application in applying.text) == (False, True)


def test_the_table_of_her_projects_stands_on_her_own_page_alone(client):
    listing = make.listing()
    client.force_login(make.mentor_of(listing))

    pages = [client.get(reverse(name)).text for name in ("mentors:home", "site:dashboard")]

    assert [listing.project.title in page for page in pages] == [True, False]
