"""What changed since one read an application: told word by word, and only to who said that she had read it."""

import pytest
from django.test import Client
from django.urls import reverse

from applications.actions import submit_application
from applications.models import Application
from mentors.models import Reading
from opw.accounts.models import User
from tests import make

pytestmark = pytest.mark.django_db


def page(application: Application) -> str:
    return reverse("mentors:application", args=[application.pk])


def read(client: Client, application: Application) -> None:
    """Press the button of the page, as it is now."""
    revision = client.get(page(application)).context["read"].revision
    client.post(reverse("mentors:read", args=[application.pk]), {"revision": revision})


def change(application: Application, **answers: str) -> None:
    seen = Application.objects.get(pk=application.pk)
    submit_application(
        listing=application.listing, by=application.applicant, answers=seen.answers | answers,
        seen_version=seen.draft_version, received_at=seen.history.latest().history_date,
    )  # fmt: skip


def mentor_in(client: Client, application: Application) -> User:
    mentor = make.mentor_of(application.listing)
    client.force_login(mentor)
    return mentor


def test_who_read_it_sees_the_words_that_changed(client):
    application = make.application()
    mentor_in(client, application)
    read(client, application)

    change(application, why="I boot it every night.")
    seen = client.get(page(application))

    assert "Changed since you read it" in seen.text
    assert "I boot it every <del>day.</del><ins>night.</ins>" in seen.text
    assert [answer.change is None for answer in seen.context["read"].answers] == [False, True, True]


def test_who_read_the_newest_one_sees_no_change(client):
    application = make.application()
    mentor_in(client, application)
    change(application, why="I boot it every night.")

    read(client, application)
    seen = client.get(page(application))

    assert "Changed since you read it" not in seen.text
    assert "You have read this." in seen.text


def test_looking_is_not_yet_having_read_it(client):
    application = make.application()
    mentor_in(client, application)

    client.get(page(application))
    change(application, why="I boot it every night.")

    assert not Reading.objects.exists()
    assert "Changed since you read it" not in client.get(page(application)).text


def test_what_was_submitted_while_she_read_is_not_taken_as_read(client):
    application = make.application()
    mentor_in(client, application)
    revision = client.get(page(application)).context["read"].revision

    change(application, why="I boot it every night.")
    client.post(reverse("mentors:read", args=[application.pk]), {"revision": revision})

    assert "<ins>night.</ins>" in client.get(page(application)).text


def test_who_rated_it_has_read_it(client):
    application = make.application()
    make.rating(application, mentor_in(client, application))

    change(application, why="I boot it every night.")

    assert "<ins>night.</ins>" in client.get(page(application)).text


def test_what_one_read_says_nothing_to_another(client):
    application = make.application()
    mentor_in(client, application)
    read(client, application)
    change(application, why="I boot it every night.")

    client.force_login(make.coordinator_of(application.listing))

    assert "Changed since you read it" not in client.get(page(application)).text


@pytest.mark.parametrize("revision", ["", "x", "0", "99999999999999", "other"])
def test_a_revision_of_something_else_is_refused(client, revision):
    application = make.application()
    other = make.application(application.listing)
    mentor_in(client, application)
    revision = str(other.history.latest().pk) if revision == "other" else revision

    answer = client.post(reverse("mentors:read", args=[application.pk]), {"revision": revision}, follow=True)

    assert "no revision of this application" in answer.text
    assert not Reading.objects.exists()


def test_the_list_marks_what_changed(client):
    application = make.application()
    mentor_in(client, application)
    read(client, application)
    listing = reverse("mentors:listing", args=[application.listing_id])
    before = client.get(listing).text

    Reading.objects.update(up_to=application.created_at.replace(year=2000))

    assert "changed since you read it" not in before
    assert "changed since you read it" in client.get(listing).text
