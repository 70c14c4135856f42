"""Coordinators sign in with a second factor, where it is required; everybody else may."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from opw.accounts.models import User
from opw.accounts.wall import KEPT
from tests import make
from tests.accounts.addresses import PRIVATE, PUBLIC, path
from tests.cast import assemble
from tests.together import browser_of

pytestmark = pytest.mark.django_db
WHERE = "/accounts/2fa/"
PASSWORD = "a long and rare password"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def with_second_factor(person: User) -> User:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


def led_to(person: User, address: str) -> str:
    """Where a browser of hers is led from this page; nothing when it is not."""
    return browser_of(person).get(address).headers.get("Location", "")


def coordinators() -> list[User]:
    return [make.program_coordinator(), make.community().coordinators.get()]


def test_a_coordinator_without_one_is_led_there_from_every_private_page():
    private = [path(pattern) for name, pattern in PRIVATE if not pattern.startswith("accounts/")] + ["/admin/"]

    for person in coordinators():
        browser = browser_of(person)
        answers = {address: browser.get(address) for address in private}
        assert {address: page.headers.get("Location") for address, page in answers.items()} == dict.fromkeys(
            private, WHERE
        )


def test_it_says_why():
    page = browser_of(make.program_coordinator()).get(reverse("site:coordinate"), follow=True)

    assert "Coordinators sign in with a second factor." in page.text


def test_she_can_do_nothing_either():
    community = make.community()
    person, maintainer = community.coordinators.get(), community.maintainers.get()

    browser_of(person).post(reverse("communities:end_maintainer", args=[community.slug, maintainer.pk]))

    assert community.maintainers.contains(maintainer)


@pytest.mark.parametrize("name", ["site:home", "projects:list", "rounds:list", "communities:list"])
def test_public_pages_stay_open(name):
    assert name in PUBLIC
    assert [led_to(person, reverse(name)) for person in coordinators()] == ["", ""]


@pytest.mark.parametrize("name", ["mfa_index", "accounts:profile", "account_logout"])
def test_her_own_pages_stay_open(name):
    assert [led_to(person, reverse(name)) for person in coordinators()] == ["", ""]


def test_with_one_she_goes_on():
    people = [with_second_factor(person) for person in coordinators()]

    assert [led_to(person, reverse("site:coordinate")) for person in people] == ["", ""]


def test_who_turns_it_off_is_led_there_again():
    person = with_second_factor(make.program_coordinator())
    browser = browser_of(person)
    before = browser.get(reverse("site:coordinate")).status_code
    Authenticator.objects.all().delete()

    after = browser.get(reverse("site:coordinate"))

    assert (before, after.headers["Location"]) == (200, WHERE)


def test_nobody_else_needs_one():
    cast = assemble()
    others = [cast.person(role) for role in ("applicant", "mentor", "maintainer")]

    assert [led_to(person, reverse("site:dashboard")) for person in others] == ["", "", ""]


def test_where_it_is_not_required_nobody_is_led_anywhere(settings):
    settings.REQUIRE_SECOND_FACTOR = False

    assert [led_to(person, reverse("site:coordinate")) for person in coordinators()] == ["", ""]


def signed_in(person: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def set_one_up(client: Client) -> HttpResponse:
    """As she does it, up to the page with her recovery codes."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    return client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)  # type: ignore[return-value]  # the test client's own


def test_she_sets_one_up_and_goes_on():
    client = signed_in(make.confirmed(make.user(is_staff=True, password=PASSWORD)))
    before = client.get(reverse("site:coordinate")).headers["Location"]

    set_one_up(client)

    assert (before, client.get(reverse("site:coordinate")).status_code) == (WHERE, 200)


def test_what_she_typed_before_waits_for_her_and_is_sent_again():
    person = make.confirmed(make.user(password=PASSWORD))
    community = make.community(coordinator=person)
    client = signed_in(person)
    address = reverse("communities:edit", args=[community.slug])
    counts = {f"{rows}-{count}_FORMS": "0" for rows in ("channels", "resources") for count in ("TOTAL", "INITIAL")}
    typed = {"name": community.name, "summary": "An hour of typing."} | counts

    stopped = client.post(address, typed | {"writer": str(person.pk)}, follow=True)
    codes = set_one_up(client)
    kept = client.get(reverse("accounts:kept"))
    client.post(address, dict(kept.context["kept"]["fields"]))

    community.refresh_from_db()
    assert "then send what you typed again" in stopped.text
    assert reverse("accounts:kept") in codes.text
    assert community.summary == "An hour of typing."


def test_what_she_typed_waits_for_an_hour():
    person = make.program_coordinator()
    client = browser_of(person)
    client.post(reverse("communities:new"), {"name": "An hour of typing.", "writer": str(person.pk)})
    session = client.session
    session[KEPT] = session[KEPT] | {"until": session[KEPT]["until"] - 3600}
    session.save()

    page = client.get(reverse("accounts:kept"))

    assert "Nothing waits here" in page.text


def test_what_comes_from_no_form_of_ours_is_not_kept():
    client = browser_of(make.program_coordinator())

    page = client.post(reverse("communities:new"), {"name": "No page of ours."}, follow=True)

    assert "then you can go on" in page.text
    assert KEPT not in client.session
