"""Who has not done what is due, and the one button that reminds them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, DeadlineSettings, InitialApplication
from mentors.actions import remind
from mentors.due import DUTIES
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter, OptOut, Topic
from opw.rounds.models import Deadline, Round
from tests import make, scenarios
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db

Status = Application.Status
MOMENT = timedelta(microseconds=1)


def draft(**fields) -> Application:
    return make.application(status=Status.DRAFT, **fields)


def reminded(duty: str, round: Round, by: User | None = None, *, at: datetime | None = None) -> list[User | None]:
    """Whom one press of the button writes to; nobody when it is refused."""
    found = next(one for one in DUTIES if one.name == duty)
    before = set(Letter.objects.values_list("pk", flat=True))
    try:
        remind(round=round, duty=found, by=by or make.program_coordinator(), at=at or timezone.now())
    except Refused:
        return []
    return [letter.recipient for letter in Letter.objects.exclude(pk__in=before).order_by("pk")]


def counts(reader: User, round: Round) -> dict[str, int]:
    """How many people the page says have not done what is due."""
    client = Client()
    client.force_login(reader)
    rows = client.get(reverse("mentors:reminders", args=[round.slug])).context["rows"]
    return {duty.name: count for duty, _, count in rows if count}


def test_who_has_a_draft_is_reminded_and_who_submitted_is_not():
    application = draft()
    make.application(application.listing)
    make.application(application.listing, status=Status.WITHDRAWN)

    people = reminded("drafts", application.round)

    letter = Letter.objects.get()
    assert people == [application.applicant]
    assert (letter.topic, letter.useful_until) == (Topic.REMINDER, application.round.applications_close_at)
    assert application.listing.project.title in letter.text


def test_who_has_two_drafts_gets_one_letter_with_the_first_deadline():
    first = draft()
    second = draft(listing=make.listing(first.listing.participation), applicant=first.applicant)
    elsewhere = draft(listing=make.listing(make.participation(first.round)), applicant=first.applicant)
    make.extension(
        first.round, until_at=first.round.applications_close_at + timedelta(days=2), community=elsewhere.community
    )

    reminded("drafts", first.round)

    letter = Letter.objects.get()
    assert all(one.listing.project.title in letter.text for one in (first, second, elsewhere))
    assert letter.useful_until == first.round.applications_close_at


def test_an_initial_application_that_is_not_submitted_is_reminded_of():
    initial = make.initial_application(status=InitialApplication.Status.DRAFT)
    make.initial_application(round=initial.round)

    assert reminded("initial", initial.round) == [initial.applicant]


@pytest.mark.parametrize(("mark", "count"), [(None, 1), ("needs_work", 1), ("", 0), ("seen", 0), ("counts", 0)])
def test_a_submitted_application_without_a_contribution_that_may_count_is_reminded_of(mark, count):
    application = make.application(contributed=False)
    if mark is not None:
        make.contribution(application.listing, application.applicant, mark=mark)

    assert len(reminded("contributions", application.round)) == count


def test_mentors_are_reminded_of_what_they_have_not_looked_at_nor_rated():
    looked_at = make.listing()
    waits = make.listing(make.participation(looked_at.round))
    make.contribution(looked_at, mark="seen")
    rated = make.application(looked_at, contributed=False)
    make.rating(rated)
    make.application(waits)

    assert reminded("marks", waits.round) == [make.mentor_of(waits)]
    assert reminded("ratings", waits.round) == [make.mentor_of(waits)]


def test_a_mentor_is_not_reminded_of_whom_she_stepped_back_from_nor_while_she_applies():
    first = make.application()
    second = make.application(make.listing(make.participation(first.round)))
    make.recusal(make.mentor_of(first.listing), first.applicant)
    hers = make.listing(make.participation(first.round))
    make.application(hers, make.mentor_of(second.listing), status=Status.DRAFT, contributed=False)

    assert reminded("marks", first.round) == []
    assert reminded("ratings", first.round) == []


def test_coordinators_of_communities_with_undecided_applications_are_reminded():
    decided = scenarios.selected_not_selected_and_waiting()
    application = make.application(make.listing(make.participation(decided.round)))
    proposed = make.selection(make.participation(decided.round))

    people = reminded("undecided", decided.round)

    assert set(people) == {
        make.coordinator_of(application.listing), make.coordinator_of(proposed.application.listing),
    }  # fmt: skip


def test_while_mentors_propose_nobody_is_reminded_to_decide():
    round = make.application().round
    scenarios.reach(round, "selection_closes_at")

    before, since = (reminded("undecided", round, at=round.selection_closes_at - late) for late in (MOMENT, 0 * MOMENT))

    assert (len(before), len(since)) == (0, 1)


def test_a_coordinator_hears_nothing_of_an_undecided_applicant_from_whom_she_stepped_back():
    application = make.application()
    round = application.round
    scenarios.reach(round, "selection_closes_at")
    make.recusal(make.coordinator_of(application.listing), application.applicant)

    assert reminded("undecided", round) == []


DUE = {
    "drafts": "applications_close_at",
    "initial": "applications_close_at",
    "contributions": "contributions_close_at",
    "marks": "selection_closes_at",
    "ratings": "selection_closes_at",
    "undecided": "announcement_at",
}


@pytest.mark.parametrize("duty", DUE)
def test_nobody_is_reminded_of_a_date_that_has_passed(duty):
    listing = make.listing()
    make.initial_application(round=listing.round, status=InitialApplication.Status.DRAFT)
    draft(listing=listing)
    make.application(listing, contributed=False)
    make.application(listing)
    closes_at = getattr(listing.round, DUE[duty])

    in_time, late = (reminded(duty, listing.round, at=at) for at in (closes_at - MOMENT, closes_at))

    assert (len(in_time), late) == (1, [])


@pytest.mark.parametrize("to", ["everybody", "her", "her community", "her in her community"])
def test_more_time_is_time_to_be_reminded_in(to):
    application = draft()
    other = draft(listing=make.listing(make.participation(application.round)))
    to_whom: dict[str, Any] = {
        "everybody": {},
        "her": {"person": application.applicant},
        "her community": {"community": application.community},
        "her in her community": {"person": application.applicant, "community": application.community},
    }
    close = application.round.applications_close_at
    make.extension(application.round, until_at=close + timedelta(days=1), **to_whom[to])

    people = reminded("drafts", application.round, at=close)

    assert set(people) == {application.applicant} | ({other.applicant} if to == "everybody" else set())
    assert {letter.useful_until for letter in Letter.objects.all()} == {close + timedelta(days=1)}


def test_more_time_for_contributions_is_no_time_for_applications():
    application = draft()
    close = application.round.applications_close_at
    make.extension(application.round, until_at=close + timedelta(days=11), deadline=Deadline.CONTRIBUTIONS)

    assert reminded("drafts", application.round, at=close) == []


def test_who_opted_out_or_chose_never_to_be_reminded_gets_none():
    application = draft()
    opted_out, never = (draft(listing=application.listing) for _ in range(2))
    OptOut.objects.create(person=opted_out.applicant, topic=Topic.REMINDER)
    DeadlineSettings.objects.create(person=never.applicant, hours_before=[])

    assert reminded("drafts", application.round) == [application.applicant]


def test_a_second_press_on_the_same_day_reaches_only_who_is_new():
    application = draft()
    now = application.round.applications_open_at.replace(hour=12) + timedelta(days=1)
    first = reminded("drafts", application.round, at=now)
    later = draft(listing=application.listing)

    same_day = reminded("drafts", application.round, at=now + timedelta(hours=1))
    next_day = reminded("drafts", application.round, at=now + timedelta(days=1))

    assert (first, same_day) == ([application.applicant], [later.applicant])
    assert set(next_day) == {application.applicant, later.applicant}


def test_a_press_is_audited_by_its_number_alone():
    application = draft()
    coordinator = make.coordinator_of(application.listing)

    reminded("drafts", application.round, coordinator)

    event = Event.objects.get(deed="people_reminded")
    assert (event.actor, event.round_id, event.after) == (
        coordinator, application.round.pk, {"of": "drafts", "letters": 1},
    )  # fmt: skip


def test_a_community_coordinator_reminds_her_community_alone():
    application = draft()
    draft(listing=make.listing(make.participation(application.round)))
    make.initial_application(round=application.round, status=InitialApplication.Status.DRAFT)
    coordinator = make.coordinator_of(application.listing)

    assert counts(coordinator, application.round) == {"drafts": 1, "marks": 1}
    assert reminded("drafts", application.round, coordinator) == [application.applicant]
    assert reminded("marks", application.round, coordinator) == [make.mentor_of(application.listing)]


@pytest.mark.parametrize("role", ["community", "program"])
def test_whom_a_coordinator_stepped_back_from_is_neither_counted_nor_reminded_by_her(role):
    unsubmitted = draft()
    listing = unsubmitted.listing
    submitted = make.application(listing)
    coordinator = make.coordinator_of(listing) if role == "community" else make.program_coordinator()
    for application in (unsubmitted, submitted):
        make.recusal(coordinator, application.applicant)

    assert counts(coordinator, listing.round) == {}
    assert reminded("drafts", listing.round, coordinator) == []
    assert reminded("marks", listing.round, coordinator) == []


def test_the_letter_is_read_before_it_is_sent_and_names_nobody_who_has_a_draft(client):
    application = draft(applicant=make.user("Zoraya"))
    coordinator = make.user("Ingrid", is_staff=True)
    client.force_login(coordinator)

    page = client.get(reverse("mentors:remind", args=[application.round.slug, "drafts"]))

    assert "1 letter would be written." in page.text
    assert "Ingrid, in " in page.text
    assert "Zoraya" not in page.text
    assert application.listing.project.title not in page.text
    assert Letter.objects.count() == 0


def test_a_mentors_own_links_are_not_shown_to_who_reminds_her(client):
    application = make.application()
    mentor = make.mentor_of(application.listing)
    client.force_login(make.coordinator_of(application.listing))
    address = reverse("mentors:remind", args=[application.round.slug, "ratings"])

    page = client.get(address)
    client.post(address)

    unsubscribe = next(line for line in Letter.objects.get(recipient=mentor).text.splitlines() if "unsubscribe" in line)
    assert mentor.name in page.text
    assert unsubscribe.rpartition(":")[0] not in page.text


def test_after_the_press_the_page_says_that_nobody_is_left(client):
    application = draft()
    client.force_login(make.program_coordinator())
    address = reverse("mentors:remind", args=[application.round.slug, "drafts"])

    first = client.post(address, follow=True)
    second = client.post(address, follow=True)

    assert "1 letter written" in first.text
    assert "Nobody is left to remind of this today." in second.text
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("duty", ["initial", "undecided", "nothing"])
def test_what_is_the_programs_is_not_found_by_a_community_coordinator(client, duty):
    participation = make.participation()
    client.force_login(make.coordinator_of(participation))

    page = client.get(reverse("mentors:remind", args=[participation.round.slug, duty]))

    assert page.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_four_coordinators_who_press_at_once_one_reminds():
    application = draft()
    address = reverse("mentors:remind", args=[application.round.slug, "drafts"])

    pages = together(*(posting(browser_of(make.program_coordinator()), address) for _ in range(4)))

    assert sorted("1 letter written" in page.text for page in pages) == [False, False, False, True]
    assert Letter.objects.get().recipient == application.applicant
    assert Event.objects.filter(deed="people_reminded").count() == 1
