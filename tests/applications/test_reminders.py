"""Reminders come from rows that are due, once for each deadline."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Application, DeadlineSettings
from opw.accounts.models import User
from opw.mail.models import Letter, OptOut, Topic
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
THREE_DAYS = timedelta(days=3)
Status = Application.Status


def draft() -> Application:
    return make.application(status=Status.DRAFT)


def reminded(at: datetime) -> list[User | None]:
    """Who has a reminder in the outbox after looking at this moment."""
    actions.write_due_reminders(now=at)
    return [letter.recipient for letter in Letter.objects.filter(topic=Topic.REMINDER).order_by("pk")]


def test_a_draft_is_reminded_of_three_days_before_the_deadline():
    application = draft()
    due_at = application.round.applications_close_at - THREE_DAYS

    before, since = reminded(due_at - MOMENT), reminded(due_at)

    letter = Letter.objects.get()
    assert (before, since) == ([], [application.applicant])
    assert letter.useful_until == application.round.applications_close_at


def test_nobody_is_reminded_twice_of_one_deadline():
    application = draft()
    due_at = application.round.applications_close_at - THREE_DAYS

    for minutes in range(3):
        actions.write_due_reminders(now=due_at + timedelta(minutes=minutes))

    assert Letter.objects.count() == 1


def test_nobody_is_reminded_of_a_date_that_has_passed():
    application = draft()

    assert reminded(application.round.applications_close_at) == []


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.WITHDRAWN])
def test_who_has_done_it_is_not_reminded(status):
    application = make.application(status=status)

    assert reminded(application.round.applications_close_at - THREE_DAYS) == []


def test_who_opted_out_is_not_reminded():
    application = draft()
    OptOut.objects.create(person=application.applicant, topic=Topic.REMINDER)

    assert reminded(application.round.applications_close_at - THREE_DAYS) == []


def test_an_application_to_a_withdrawn_listing_is_not_reminded_of():
    application = draft()
    Listing.objects.update(withdrawn_at=application.created_at)

    assert reminded(application.round.applications_close_at - THREE_DAYS) == []


def test_more_time_moves_the_reminder():
    application = draft()
    other = make.application(application.listing, status=Status.DRAFT)
    close = application.round.applications_close_at
    make.extension(application.round, until_at=close + timedelta(days=4), person=application.applicant)

    at_first, later = reminded(close - THREE_DAYS), reminded(close + timedelta(days=1))

    assert at_first == [other.applicant]
    assert later == [other.applicant, application.applicant]


def test_a_deadline_that_moved_is_reminded_of_anew():
    application = draft()
    close = application.round.applications_close_at
    reminded(close - THREE_DAYS)

    make.extension(application.round, until_at=close + timedelta(days=1))

    assert reminded(close - MOMENT) == [application.applicant, application.applicant]


def test_more_time_taken_back_reminds_of_the_first_deadline():
    application = draft()
    close = application.round.applications_close_at
    extension = make.extension(application.round, until_at=close + timedelta(days=4))
    extension.revoked_at = close
    extension.save()

    assert reminded(close - THREE_DAYS) == [application.applicant]


def set_to(person: User, *hours: int) -> None:
    actions.set_reminders(by=person, hours_before=list(hours))


def test_each_moment_she_chose_brings_one_reminder():
    application = draft()
    close = application.round.applications_close_at
    set_to(application.applicant, 72, 24, 3)

    counts = [
        len(reminded(close - timedelta(hours=hours) + late))
        for hours, late in ((73, MOMENT), (72, MOMENT), (25, MOMENT), (24, MOMENT), (3, MOMENT), (1, MOMENT))
    ]

    assert counts == [0, 1, 1, 2, 3, 3]


def test_who_begins_late_gets_one_reminder_and_not_all_at_once():
    application = draft()
    set_to(application.applicant, 168, 72, 24, 3)

    assert reminded(application.round.applications_close_at - timedelta(hours=2)) == [application.applicant]


def test_who_wants_none_gets_none():
    application = draft()
    set_to(application.applicant)

    assert reminded(application.round.applications_close_at - MOMENT) == []


def test_who_asks_for_reminders_again_gets_them_again():
    application = draft()
    OptOut.objects.create(person=application.applicant, topic=Topic.REMINDER)

    set_to(application.applicant, 24)

    assert reminded(application.round.applications_close_at - MOMENT) == [application.applicant]


def test_a_submitted_application_is_reminded_of_the_contribution_it_lacks():
    application = make.application(contributed=False)
    close = application.round.contributions_close_at

    before, since = reminded(close - THREE_DAYS - MOMENT), reminded(close - THREE_DAYS)

    letter = Letter.objects.get()
    assert (before, since) == ([], [application.applicant])
    assert "no contribution yet" in letter.subject
    assert letter.useful_until == close


@pytest.mark.parametrize(("mark", "count"), [("", 0), ("counts", 0), ("seen", 0), ("needs_work", 1)])
def test_a_contribution_that_may_count_is_reminded_of_no_more(mark, count):
    application = make.application(contributed=False)
    make.contribution(application.listing, application.applicant, mark=mark)

    assert len(reminded(application.round.contributions_close_at - MOMENT)) == count


def test_reminders_are_set_on_her_page(client):
    person = make.user()
    client.force_login(person)
    address = reverse("applications:deadlines")

    client.post(address, {"hours_before": ["24", "3"]})
    some = DeadlineSettings.of(person).hours_before
    client.post(address, {"hours_before": ["5"]})
    wrong = DeadlineSettings.of(person).hours_before
    client.post(address)

    assert (some, wrong, DeadlineSettings.of(person).hours_before) == ([24, 3], [24, 3], [])
