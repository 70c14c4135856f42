"""One's own name and timezone."""

import pytest
from django.urls import reverse

from opw.audit.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_profile_is_edited_and_audited(client):
    person = make.user("Ada")
    client.force_login(person)

    page = client.post(reverse("accounts:profile"), {"name": "Ada L.", "timezone": "Africa/Nairobi"})

    person.refresh_from_db()
    event = Event.objects.about(person).get()
    assert page["Location"] == reverse("accounts:profile")
    assert (person.name, person.timezone) == ("Ada L.", "Africa/Nairobi")
    assert (event.deed, event.after) == ("profile_edited", {"timezone": "Africa/Nairobi", "shows_address": False})


@pytest.mark.parametrize("change", [{"name": ""}, {"name": "x" * 201}, {"timezone": "Mars/Olympus"}, {"timezone": ""}])
def test_what_is_no_name_or_timezone_is_refused(client, change):
    person = make.user("Ada")
    client.force_login(person)

    page = client.post(reverse("accounts:profile"), {"name": "Ada L.", "timezone": "UTC"} | change)

    person.refresh_from_db()
    assert page.status_code == 200
    assert person.name == "Ada"


def test_a_form_takes_no_field_that_it_does_not_show(client):
    person = make.user("Ada")
    client.force_login(person)

    client.post(reverse("accounts:profile"), {"name": "Ada", "timezone": "UTC", "is_staff": "on", "email": "x@y.org"})

    email = person.email
    person.refresh_from_db()
    assert (person.is_staff, person.email) == (False, email)
