"""From signing up to signing in: with a letter that confirms the address, and nothing told about who has an account."""

import re

import pytest
from django.urls import reverse

from opw.accounts.models import User
from opw.mail.models import Letter
from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "a long and winding road"
FORM = {
    "name": "Ada",
    "email": "ada@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "timezone": "Africa/Nairobi",
}


def link_in(letter: Letter) -> str:
    """The path of the link to this site that a letter holds."""
    paths: list[str] = re.findall(r"http://(?:localhost:8000|testserver)(/accounts/\S+/)", letter.text)
    (path,) = set(paths)
    return path


def sign_in(client, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": FORM["email"], "password": password})


def test_signing_up_writes_a_letter_with_a_link(client):
    page = client.post(reverse("account_signup"), FORM)

    user, letter = User.objects.get(), Letter.objects.get()
    assert page.status_code == 302
    assert (user.email, user.name, user.timezone) == ("ada@example.org", "Ada", "Africa/Nairobi")
    assert (letter.to, letter.topic, letter.is_secret) == ("ada@example.org", "account", True)
    assert link_in(letter).startswith("/accounts/confirm-email/")


def test_who_has_not_confirmed_is_not_signed_in(client):
    client.post(reverse("account_signup"), FORM)

    page = sign_in(client)

    assert page["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_who_has_confirmed_signs_in_by_her_address_in_any_case(client):
    client.post(reverse("account_signup"), FORM)
    client.post(link_in(Letter.objects.get()))

    page = client.post(reverse("account_login"), {"login": "ADA@Example.org", "password": PASSWORD})

    assert page["Location"] == reverse("site:dashboard")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_looking_at_the_link_confirms_nothing(client):
    client.post(reverse("account_signup"), FORM)

    client.get(link_in(Letter.objects.get()))
    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_an_address_that_is_known_is_answered_alike(client):
    unknown = client.post(reverse("account_signup"), FORM)
    client.logout()
    known = client.post(reverse("account_signup"), FORM | {"name": "Somebody else"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert User.objects.count() == 1


def test_a_reset_is_answered_alike_for_unknown_addresses(client):
    make.user(email="ada@example.org", password=PASSWORD)
    address = reverse("account_reset_password")

    known = client.post(address, {"email": "ada@example.org"})
    unknown = client.post(address, {"email": "nobody@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_a_new_password_is_set_by_the_link_of_a_letter(client):
    client.post(reverse("account_signup"), FORM)
    client.post(link_in(Letter.objects.get()))
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    letter = Letter.objects.latest("pk")

    form = client.get(link_in(letter), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "quite another road", "password2": "quite another road"})
    old, new = sign_in(client), sign_in(client, "quite another road")

    assert letter.is_secret
    assert old.status_code == 200
    assert new["Location"] == reverse("site:dashboard")


@pytest.mark.parametrize("password", ["short", "password123", "12345678"])
def test_a_weak_password_is_refused(client, password):
    page = client.post(reverse("account_signup"), FORM | {"password1": password, "password2": password})

    assert page.status_code == 200
    assert not User.objects.exists()


def test_one_address_has_one_account_whatever_its_capitals():
    make.user(email="ada@example.org")

    with pytest.raises(Exception, match="one_account_per_address"):
        make.user(email="ADA@example.org")
