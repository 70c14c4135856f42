"""One click ends the letters of a topic: without signing in, without a cookie (RFC 8058); looking does not."""

import pytest
from django.test import Client
from django.urls import reverse

from opw.mail.compose import unsubscribe_url
from opw.mail.models import OptOut, Topic
from tests import make

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"


@pytest.fixture
def mail_program():
    """A client as mail programs are: no cookies, and no token for forms."""
    return Client(enforce_csrf_checks=True)


def address_for(reader, topic: Topic = Topic.REMINDER) -> str:
    return unsubscribe_url(reader.pk, topic).removeprefix(SITE)


def test_one_click_ends_the_topic(mail_program):
    reader = make.user()

    page = mail_program.post(address_for(reader), {"List-Unsubscribe": "One-Click"})

    assert page.status_code == 200
    assert OptOut.objects.values_list("person", "topic").get() == (reader.pk, Topic.REMINDER)


def test_a_second_click_changes_nothing(mail_program):
    reader = make.user()

    pages = [mail_program.post(address_for(reader)) for _ in range(2)]

    assert [page.status_code for page in pages] == [200, 200]
    assert OptOut.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_at_the_address_changes_nothing(mail_program, method):
    page = getattr(mail_program, method)(address_for(make.user()))

    assert page.status_code == 200
    assert not OptOut.objects.exists()


@pytest.mark.parametrize("token", ["x", "WzEsInJlbWluZGVyIl0:1aaaaa:forged"])
def test_a_forged_address_is_not_there(mail_program, token):
    page = mail_program.post(reverse("mail:unsubscribe", args=[token]))

    assert page.status_code == 404
    assert not OptOut.objects.exists()


def test_the_address_of_one_reader_is_not_anothers(mail_program):
    reader, other = make.user(), make.user()

    mail_program.post(address_for(reader))

    assert list(OptOut.objects.values_list("person", flat=True)) == [reader.pk]
    assert address_for(reader) != address_for(other)
