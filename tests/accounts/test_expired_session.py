"""A session that expires in the middle of a form: sign in again, and the text is there."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from applications.models import Application
from opw.accounts.models import User
from tests import make
from tests.look.page import element, elements

pytestmark = pytest.mark.django_db

PASSWORD = "an old tin boat"


@pytest.fixture
def writer() -> User:
    return confirmed(make.user(password=PASSWORD))


def confirmed(user: User) -> User:
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)  # type: ignore[attr-defined]  # allauth's
    return user


def typed(by: User, **more: str) -> dict[str, str]:
    return {"why": "An hour of typing.", "version": "0", "page": "one", "writer": str(by.pk), "save": "yes"} | more


def sign_in(client: Client, user: User, after: str):
    return client.post(after, {"login": user.email, "password": PASSWORD}, follow=True)


def test_what_was_sent_after_the_session_expired_is_there_after_signing_in(client, writer):
    address = reverse("applications:write", args=[make.listing().pk])
    client.force_login(writer)
    Session.objects.all().delete()

    sent = client.post(address, typed(writer))
    page = sign_in(client, writer, sent["Location"])
    fields = {name: element(page.text, "input", name=name).attrs["value"] or "" for name in typed(writer)}
    again = client.post(address, fields)

    assert sent["Location"] == f"{reverse('account_login')}?next={reverse('accounts:kept')}"
    assert "An hour of typing." in page.text
    assert again["Location"] == reverse("applications:home")
    assert Application.objects.get(applicant=writer).draft["why"] == "An hour of typing."


def test_nothing_is_changed_before_it_is_sent_again(client, writer):
    address = reverse("applications:write", args=[make.listing().pk])

    sign_in(client, writer, client.post(address, typed(writer))["Location"])

    assert not Application.objects.exists()


def test_it_waits_for_its_writer_alone(client, writer):
    address = reverse("applications:write", args=[make.listing().pk])
    other = confirmed(make.user(password=PASSWORD))

    page = sign_in(client, other, client.post(address, typed(writer))["Location"])

    assert "An hour of typing." not in page.text
    assert "Nothing waits here" in page.text


def test_more_than_fits_is_not_kept(client, writer):
    address = reverse("applications:write", args=[make.listing().pk])

    sent = client.post(address, typed(writer, why="x" * 200_001))

    assert sent["Location"] == f"{reverse('account_login')}?next={address}"
    assert not Session.objects.exists()


def test_a_page_from_before_signing_in_anew_shows_what_was_typed_and_sends_it(writer):
    address = reverse("applications:write", args=[make.listing().pk])
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(writer)

    refused = browser.post(address, typed(writer))
    token = elements(refused.text, "input", name="csrfmiddlewaretoken")[0].attrs["value"] or ""
    again = browser.post(address, typed(writer, csrfmiddlewaretoken=token))

    assert refused.status_code == 403
    assert "An hour of typing." in refused.text
    assert again["Location"] == reverse("applications:home")


def test_what_was_typed_is_shown_as_text(client, writer):
    address = reverse("applications:write", args=[make.listing().pk])

    sent = client.post(address, typed(writer, why='"><script>alert(1)</script>'))
    page = sign_in(client, writer, sent["Location"])

    assert "<script>alert" not in page.text
