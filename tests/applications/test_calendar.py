"""Her own calendar: at a secret address that she can renew, with her extensions and nobody else's."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.urls import reverse

from applications.deadlines import token_of
from opw.accounts.models import User
from opw.rounds.models import Phase
from tests import make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def feed(person: User) -> str:
    return reverse("applications:calendar_feed", args=[token_of(person)])


def events(client: Client, address: str) -> dict[str, Any]:
    """The beginnings of a calendar's events by their summaries, without the round's name."""
    calendar = icalendar.Calendar.from_ical(client.get(address).content)
    return {str(one["summary"]).partition(": ")[2]: one.decoded("dtstart") for one in calendar.walk("vevent")}


def test_a_calendar_program_finds_her_deadlines_with_her_extension_and_not_others(client):
    application = make.application()
    round, until = application.round, application.round.applications_close_at + DAY
    make.extension(round, until_at=until, person=application.applicant)
    make.extension(round, until_at=until + DAY, person=make.user())

    found = events(client, feed(application.applicant))

    assert found == {
        "Applications open": round.applications_open_at.replace(microsecond=0),
        "Applications close": until.replace(microsecond=0),
        "Contributions close": round.contributions_close_at.replace(microsecond=0),
        "Interns are announced": round.announcement_at.replace(microsecond=0),
        "Internships": round.internship_starts_on,
    }


def test_deadlines_that_differ_between_her_communities_are_told_apart(client):
    first = make.application()
    second = make.application(make.listing(make.participation(first.round)), first.applicant)
    close, until = first.round.applications_close_at, first.round.applications_close_at + DAY
    make.extension(first.round, until_at=until, community=second.community)

    found = events(client, feed(first.applicant))

    assert found[f"Applications close, {first.community}"] == close.replace(microsecond=0)
    assert found[f"Applications close, {second.community}"] == until.replace(microsecond=0)
    assert "Applications close" not in found


def test_an_event_keeps_its_identity_when_it_moves(client):
    application = make.application()

    before = client.get(feed(application.applicant)).content
    make.extension(application.round, until_at=application.round.applications_close_at + DAY)
    after = client.get(feed(application.applicant)).content

    uids = [
        [str(one["uid"]) for one in icalendar.Calendar.from_ical(content).walk("vevent")] for content in (before, after)
    ]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 5
    assert before != after


def test_the_feed_is_kept_in_no_cache_and_needs_no_session(client):
    person = make.application().applicant

    page = client.get(feed(person))

    assert (page.status_code, page["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert not page.cookies


def test_a_renewed_address_is_another_one_and_the_old_one_is_gone(client):
    person = make.application().applicant
    old = feed(person)
    client.force_login(person)

    client.post(reverse("applications:renew_calendar"))

    client.logout()
    assert [client.get(address).status_code for address in (old, feed(person))] == [404, 200]
    assert old != feed(person)


@pytest.mark.parametrize("token", ["1", "WzEsMV0", "WzEsMV0:forged", "%00", "x" * 3000])
def test_an_address_that_was_never_given_out_is_not_found(client, token):
    make.round()

    assert client.get(f"/apply/calendar/{token}/opw.ics").status_code == 404


def test_the_calendar_of_a_closed_account_is_not_found(client):
    person = make.application().applicant
    address = feed(person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get(address).status_code == 404


def test_a_calendar_says_nothing_of_rounds_that_are_over(client):
    application = make.application(make.listing(make.participation(phase=Phase.FINISHED)))

    assert events(client, feed(application.applicant)) == {}


def test_the_same_calendar_as_a_file(client):
    person = make.application().applicant
    client.force_login(person)

    page = client.get(reverse("applications:calendar"))

    assert page["Content-Disposition"] == 'attachment; filename="opw.ics"'
    assert page.content == client.get(feed(person)).content
