"""A listing that is closed to newcomers: nobody new begins, who has begun goes on, and the page says who is who."""

import pytest
from django.urls import reverse

from applications.models import Application, Contribution
from opw.accounts.models import User
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db

WORK = {"url": "https://git.example.org/9", "kind": "patch", "title": "A patch"}
TEXT = make.ANSWERS | {"version": "0", "save": "yes"}


def drafts(listing: Listing, person: User) -> None:
    make.application(listing, person, status=Application.Status.DRAFT, contributed=False)


def contributes(listing: Listing, person: User) -> None:
    make.contribution(listing, person)


def claims(listing: Listing, person: User) -> None:
    make.task(listing.project, held_by=person)


def closed(listing: Listing, client) -> Listing:
    """The listing, after a mentor has closed it with the button on the project's page."""
    client.force_login(make.mentor_of(listing))
    address = reverse("projects:close_to_newcomers", args=[listing.pk])
    assert address in client.get(listing.project.get_absolute_url()).text
    client.post(address, {"closed": "yes"})
    return listing


@pytest.mark.parametrize("begins", [drafts, contributes, claims])
def test_who_has_begun_goes_on_and_the_page_says_so(client, begins):
    listing, person = make.listing(), make.user()
    begins(listing, person)
    closed(listing, client)
    client.force_login(person)

    page = client.get(listing.project.get_absolute_url())
    client.post(reverse("applications:contribute", args=[listing.pk]), WORK)
    client.post(reverse("applications:write", args=[listing.pk]), TEXT)

    assert reverse("applications:write", args=[listing.pk]) in page.text
    assert "take no newcomers" not in page.text
    assert Contribution.objects.filter(applicant=person, canonical__endswith="/9").count() == 1
    assert Application.objects.get().applicant == person


def test_newcomers_do_not_begin_and_the_page_says_why(client):
    listing, person = make.listing(), make.user()
    task = make.task(listing.project)
    closed(listing, client)
    client.force_login(person)

    page = client.get(listing.project.get_absolute_url())
    client.post(reverse("applications:contribute", args=[listing.pk]), WORK)
    client.post(reverse("applications:write", args=[listing.pk]), TEXT)
    client.post(reverse("applications:claim_task", args=[task.pk]))

    task.refresh_from_db()
    assert "Its mentors take no newcomers any more." in page.text
    assert reverse("applications:write", args=[listing.pk]) not in page.text
    assert not Contribution.objects.exists()
    assert not Application.objects.exists()
    assert task.claimed_by is None


def test_a_claim_that_has_expired_is_no_beginning(client):
    listing, person = make.listing(), make.user()
    make.task(listing.project, held_by=person, at=listing.round.published_at)
    closed(listing, client)
    client.force_login(person)

    page = client.get(listing.project.get_absolute_url())

    assert "Its mentors take no newcomers any more." in page.text


def test_a_mentor_opens_it_again(client):
    listing = closed(make.listing(), client)

    client.post(reverse("projects:close_to_newcomers", args=[listing.pk]), {"closed": "no"})

    client.force_login(make.user())
    assert "Open to applicants" in client.get(listing.project.get_absolute_url()).text
