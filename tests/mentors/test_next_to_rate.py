"""Next unreviewed: of what a mentor has not rated, the application with the fewest ratings, then the oldest."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Application
from opw.accounts.models import User
from opw.rounds.models import Phase
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db


def three_submitted(listing: Listing) -> list[Application]:
    """Three applications, the last one submitted first."""
    at = listing.round.published_at
    return [make.application(listing, submitted_at=at + timedelta(hours=hours)) for hours in (3, 2, 1)]


def offered(client, listing: Listing, reader: User) -> Application | None:
    """Where the button of the listing's page leads."""
    client.force_login(reader)
    page = client.get(reverse("mentors:listing", args=[listing.pk]))
    found: Application | None = page.context["next_to_rate"]
    shown = page.text.count("Next unreviewed")
    assert shown == (1 if found else 0)
    return found


def test_the_fewest_ratings_come_first_and_the_oldest_of_equals(client):
    listing = make.listing()
    newest, middle, oldest = three_submitted(listing)
    mentor = make.mentor_of(listing)

    at_first = offered(client, listing, mentor)
    make.rating(oldest, make.user())
    after_anothers_rating = offered(client, listing, mentor)
    make.rating(middle, mentor)
    make.rating(newest, mentor)
    the_last = offered(client, listing, mentor)
    make.rating(oldest, mentor)

    assert (at_first, after_anothers_rating, the_last) == (oldest, middle, oldest)
    assert offered(client, listing, mentor) is None


def test_it_never_leads_to_whom_one_stepped_back_from(client):
    listing = make.listing()
    newest, middle, oldest = three_submitted(listing)
    mentor = make.mentor_of(listing)
    for application in (middle, oldest):
        make.recusal(mentor, application.applicant)

    assert offered(client, listing, mentor) == newest


def test_who_has_rated_is_led_on(client):
    listing = make.listing()
    _, middle, oldest = three_submitted(listing)
    client.force_login(make.mentor_of(listing))

    rated = client.post(reverse("mentors:rate", args=[oldest.pk]), {"score": 4, "reasons": "Nice tests."}, follow=True)

    assert f'href="{reverse("mentors:application", args=[middle.pk])}">Next unreviewed' in rated.text


def test_it_leads_to_other_projects_that_she_mentors_by_their_name(client):
    listing = make.listing()
    mentor = make.mentor_of(listing)
    other = make.listing(listing.participation)
    make.mentorship(other.project, mentor)
    waiting = make.application(other)

    assert offered(client, listing, mentor) == waiting
    assert f", for {other.project}</a>" in client.get(reverse("mentors:listing", args=[listing.pk])).text


def test_coordinators_are_led_nowhere(client):
    listing = make.application().listing

    assert offered(client, listing, make.coordinator_of(listing)) is None


def test_after_the_release_nobody_is_led_on(client):
    listing = make.application(make.listing(make.participation(phase=Phase.ANNOUNCED))).listing

    assert offered(client, listing, make.mentor_of(listing)) is None
