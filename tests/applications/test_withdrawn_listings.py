"""A listing is withdrawn: its applications are closed, and everybody who began there hears why and has a week more."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.models import Application
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Deadline, Extension, Phase, deadline_for
from projects.models import Listing
from tests import make, scenarios

pytestmark = pytest.mark.django_db

Status = Application.Status
WEEK = timedelta(days=7)
WHY = "Its mentor moved to another continent."


def withdraw(listing: Listing, *, because: str = WHY, at=None) -> Listing:
    coordinator = make.coordinator_of(listing)
    actions.withdraw_listing(listing=listing, by=coordinator, because=because, at=at or timezone.now())
    listing.refresh_from_db()
    return listing


def closes_for(person: User, listing: Listing, kind: Deadline = Deadline.APPLICATIONS):
    return deadline_for(kind, listing.round, listing.community, person)


def home(client, person: User) -> str:
    client.force_login(person)
    return str(client.get(reverse("applications:home")).text)


def test_a_submitted_application_is_closed_with_what_it_said():
    application = make.application()
    now = timezone.now()

    withdraw(application.listing, at=now)

    application.refresh_from_db()
    event = Event.objects.about(application).get()
    assert (application.status, application.withdrawn_at, application.is_closed) == (Status.WITHDRAWN, now, True)
    assert application.answers == make.ANSWERS
    assert (event.deed, event.actor) == ("application_closed", make.coordinator_of(application.listing))
    assert application.history.latest().history_user == event.actor


def test_a_draft_stays_a_draft_that_nobody_else_sees():
    application = make.application(status=Status.DRAFT)

    withdraw(application.listing)

    application.refresh_from_db()
    on_the_table = Application.objects.on_the_table_of(make.mentor_of(application.listing))
    assert (application.status, application.draft, application.is_closed) == (Status.DRAFT, make.ANSWERS, True)
    assert not on_the_table.exists()


def test_an_application_that_was_taken_back_before_is_not_closed_and_gets_no_letter():
    application = make.application(status=Status.WITHDRAWN)

    withdraw(application.listing)

    application.refresh_from_db()
    assert not application.is_closed
    assert not Letter.objects.exists()
    assert not Extension.objects.exists()


def test_everybody_who_began_gets_a_letter_with_the_reason_and_nobody_else():
    listing = make.listing()
    began = {
        "submitted": make.application(listing).applicant,
        "draft": make.application(listing, status=Status.DRAFT, contributed=False).applicant,
        "contributed": make.contribution(listing).applicant,
        "claimed": make.user(),
    }
    make.task(listing.project, held_by=began["claimed"])
    make.application(make.listing(listing.participation))

    withdraw(listing)

    letters = {letter.recipient: letter.text for letter in Letter.objects.all()}
    assert letters.keys() == set(began.values())
    assert all(WHY in text and "not about you or your work" in " ".join(text.split()) for text in letters.values())
    applied = {name: "Your application to it is closed" in letters[person] for name, person in began.items()}
    assert applied == {"submitted": True, "draft": True, "contributed": False, "claimed": False}


def test_each_of_them_has_a_week_more_by_the_coordinator_and_the_letter_says_until_when():
    application = make.application()
    listing, applicant = application.listing, application.applicant

    withdraw(listing)

    round = listing.round
    extensions = Extension.objects.filter(person=applicant)
    assert closes_for(applicant, listing) == round.applications_close_at + WEEK
    assert closes_for(applicant, listing, Deadline.CONTRIBUTIONS) == round.contributions_close_at + WEEK
    assert closes_for(make.user(), listing) == round.applications_close_at
    assert {extension.granted_by for extension in extensions} == {make.coordinator_of(listing)}
    assert {extension.reason for extension in extensions} == {f"“{listing.project}” was withdrawn."}
    assert f"until {closes_for(applicant, listing):%B} " in " ".join(Letter.objects.get().text.split())


def test_the_week_is_never_past_the_close_of_selection():
    application = make.application()
    listing = application.listing
    at = listing.round.selection_closes_at - timedelta(days=2)

    withdraw(listing, at=at)

    assert closes_for(application.applicant, listing) == listing.round.selection_closes_at


def test_where_the_deadline_has_passed_the_week_begins_now():
    application = make.application()
    listing = application.listing
    at = listing.round.applications_close_at + timedelta(days=3)

    withdraw(listing, at=at)

    assert closes_for(application.applicant, listing) == at + WEEK


def test_once_selection_is_closed_no_time_is_given_and_the_letter_says_so():
    application = make.application()
    listing = application.listing

    withdraw(listing, at=listing.round.selection_closes_at)

    assert not Extension.objects.exists()
    assert "nothing can be moved" in " ".join(Letter.objects.get().text.split())


def test_its_claimed_starter_tasks_are_free_again():
    listing = make.listing()
    task, elsewhere = make.task(listing.project, held_by=make.user()), make.task(held_by=make.user())

    withdraw(listing)

    task.refresh_from_db()
    elsewhere.refresh_from_db()
    assert task.claimed_by is None
    assert elsewhere.claimed_by


def test_nothing_is_handed_in_at_a_withdrawn_listing():
    application = make.application(status=Status.DRAFT)
    withdraw(application.listing)

    with pytest.raises(Refused, match="no longer offered"):
        actions.submit_application(
            listing=application.listing,
            by=application.applicant,
            answers=make.ANSWERS,
            seen_version=1,
            received_at=timezone.now(),
        )

    application.refresh_from_db()
    assert application.status == Status.DRAFT


@pytest.mark.parametrize("because", ["", " \n"])
def test_a_listing_is_withdrawn_with_a_reason_only(because):
    application = make.application()

    with pytest.raises(Refused, match="Say why"):
        withdraw(application.listing, because=because)

    application.refresh_from_db()
    assert application.status == Status.SUBMITTED
    assert application.listing.is_live


def test_a_listing_is_withdrawn_once():
    application = make.application()
    withdraw(application.listing)

    with pytest.raises(Refused, match="withdrawn already"):
        withdraw(application.listing)

    assert Letter.objects.count() == 1


def test_once_the_results_are_out_a_listing_stays():
    decided = scenarios.released()

    with pytest.raises(Refused, match="are out"):
        withdraw(decided.listing)

    decided.selected.refresh_from_db()
    assert decided.selected.status == Status.SUBMITTED


def test_nobody_finds_it_any_more_and_its_page_stays(client):
    listing = withdraw(make.application().listing)

    found = client.get(reverse("projects:list"))
    page = client.get(listing.project.get_absolute_url())

    listing.refresh_from_db()
    assert listing.project.title not in found.text
    assert page.status_code == 200
    assert reverse("applications:write", args=[listing.pk]) not in page.text
    assert listing.interest == "0"


def test_offered_again_its_applicants_can_submit_again(client):
    application = make.application()
    listing = withdraw(application.listing)
    client.force_login(make.coordinator_of(listing))

    client.post(reverse("projects:offer", args=[listing.participation_id]), {"projects": listing.project_id})
    actions.submit_application(
        listing=listing,
        by=application.applicant,
        answers=make.ANSWERS | {"why": "Still."},
        seen_version=application.draft_version,
        received_at=timezone.now(),
    )

    listing.refresh_from_db()
    application.refresh_from_db()
    assert (listing.is_live, listing.withdrawn_because) == (True, "")
    assert (application.status, application.is_closed) == (Status.SUBMITTED, False)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DRAFT])
def test_her_page_says_it_first_with_the_way_on(client, status):
    application = make.application(status=status)
    withdraw(application.listing)

    page = home(client, application.applicant)

    assert "Next: move your application, because its project was withdrawn." in page
    assert page.count(reverse("applications:move_to_another", args=[application.pk])) == 2
    assert "project withdrawn" in page


def test_who_only_contributed_there_is_sent_to_find_another_project(client):
    contribution = make.contribution()
    make.initial_application(contribution.applicant, contribution.round)
    withdraw(contribution.listing)

    page = home(client, contribution.applicant)

    assert "Next: choose a project" in page
    assert contribution.title in page


def test_who_applies_to_another_project_too_goes_on_there(client):
    application = make.application()
    other = make.application(make.listing(application.listing.participation), application.applicant)
    withdraw(application.listing)

    page = home(client, application.applicant)

    assert "Nothing more is needed from you." in page
    assert other.listing.project.title in page


def test_its_page_says_that_it_is_closed_and_why(client):
    application = make.application()
    withdraw(application.listing)
    client.force_login(application.applicant)

    page = client.get(reverse("applications:application", args=[application.pk])).text
    form = client.get(reverse("applications:write", args=[application.listing_id])).text

    assert "This project was withdrawn, and your application to it is closed." in page
    assert WHY in page
    assert reverse("applications:withdraw", args=[application.pk]) not in page
    assert reverse("applications:move_to_another", args=[application.pk]) in form


def test_nobody_is_reminded_of_it():
    application = make.application(make.listing(make.participation(phase=Phase.OPEN)), status=Status.DRAFT)
    withdraw(application.listing)
    Letter.objects.all().delete()

    actions.write_due_reminders(now=closes_for(application.applicant, application.listing) - timedelta(days=1))

    assert not Letter.objects.exists()
