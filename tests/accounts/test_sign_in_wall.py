"""A visitor who is not signed in is sent to the sign-in page from every private address, whether it exists or not."""

import pytest
from django.conf import settings
from django.urls import reverse

from applications.models import Application
from projects.models import Project
from tests import make
from tests.accounts.addresses import PRIVATE, PUBLIC, addresses, path

pytestmark = pytest.mark.django_db


def sign_in_page(address: str) -> str:
    return f"{reverse(settings.LOGIN_URL)}?next={address}"


@pytest.mark.parametrize(("name", "pattern"), PRIVATE, ids=[name for name, _ in PRIVATE])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_private_address_asks_to_sign_in_whether_it_exists_or_not(client, name, pattern, method):
    address = path(pattern)

    page = getattr(client, method)(address)

    assert (page.status_code, page["Location"]) == (302, sign_in_page(address))


def test_things_that_exist_ask_to_sign_in_as_those_that_do_not(client):
    draft = make.project(state=Project.State.DRAFT)
    application = make.application()
    there = [
        reverse("projects:edit", args=[draft.community.slug, draft.slug]),
        reverse("applications:application", args=[application.pk]),
        reverse("mentors:application", args=[application.pk]),
        reverse("mentors:listing", args=[application.listing_id]),
        reverse("applications:write", args=[application.listing_id]),
        reverse("mentors:results", args=[application.round.slug]),
    ]

    pages = [client.get(address) for address in there]

    assert [(page.status_code, page["Location"]) for page in pages] == [
        (302, sign_in_page(address)) for address in there
    ]
    assert Application.objects.count() == 1


def test_a_draft_is_not_found_by_visitors(client):
    draft = make.project(state=Project.State.DRAFT)

    there = client.get(draft.get_absolute_url())
    nowhere = client.get("/projects/nowhere/nothing/")

    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_the_public_addresses_are_those_that_exist():
    assert {name for name, _ in addresses()} >= PUBLIC


def test_the_admin_site_is_for_superusers(client):
    address = reverse("admin:index")

    visitor = client.get(address)
    client.force_login(make.program_coordinator())
    coordinator = client.get(reverse("admin:accounts_user_changelist"))

    assert visitor.status_code == 302
    assert coordinator.status_code == 403


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_methods_that_no_page_knows_are_refused(client, method):
    assert client.generic(method, "/").status_code == 405


def test_private_pages_are_not_stored(client):
    client.force_login(make.user())

    pages = [client.get(reverse(name)) for name in ("site:dashboard", "applications:home", "mentors:home", "site:home")]

    assert ["no-store" in page["Cache-Control"] for page in pages] == [True, True, True, True]
