"""Letting a community in, and changing what it says of itself, without the admin site."""

from typing import Any

import pytest
from django.urls import reverse

from opw.communities.models import Community
from tests import make
from tests.together import browser_of

pytestmark = pytest.mark.django_db


def form(
    channels: list[dict[str, str]] | None = None, resources: list[dict[str, str]] | None = None, **fields: str
) -> Any:
    """The edit form as a browser sends it."""
    data = {"name": "Xen", "summary": "It runs machines in machines.", "description": "", "website": ""} | fields
    for prefix, rows in (("channels", channels or []), ("resources", resources or [])):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        data |= {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return data


def edit(community: Community, **more: Any) -> Any:
    address = reverse("communities:edit", args=[community.slug])
    return browser_of(community.coordinators.get()).post(address, form(**more), follow=True)


def test_a_program_coordinator_lets_a_community_in():
    data = {"name": "Open Street", "summary": "Maps for walkers.", "website": "maps.example.org"}

    page = browser_of(make.program_coordinator()).post(reverse("communities:new"), data, follow=True)

    community = Community.objects.get()
    assert (community.slug, community.website) == ("open-street", "https://maps.example.org")
    assert page.request["PATH_INFO"] == reverse("communities:people", args=["open-street"])


@pytest.mark.parametrize(("name", "slug"), [("New", "new-2"), ("Program", "program-2"), ("日本", "community")])
def test_an_address_is_free_and_no_page_of_the_portal(name, slug):
    browser_of(make.program_coordinator()).post(reverse("communities:new"), {"name": name, "summary": "Maps."})

    assert Community.objects.get().slug == slug


def test_a_name_stands_once():
    make.community("Xen")
    data = {"name": "Xen", "summary": "Once more."}

    page = browser_of(make.program_coordinator()).post(reverse("communities:new"), data)

    assert (page.status_code, Community.objects.count()) == (200, 1)
    assert "Once more." in page.text


def test_its_coordinators_say_where_to_meet_and_what_to_read_in_their_order():
    community = make.community("Xen")
    community.channels.create(name="An old list")
    channels = [
        {"name": "xen-devel", "url": "lists.example.org/xen", "purpose": "", "ORDER": "2"},
        {"name": "#xen", "url": "", "purpose": "For newcomers", "ORDER": "1"},
        {"name": "An old list", "url": "", "purpose": "", "ORDER": "3", "DELETE": "on"},
        {"name": "", "url": "", "purpose": "", "ORDER": ""},
    ]

    edit(community, channels=channels, resources=[{"title": "First steps", "url": "https://xen.example.org/first"}])

    kept = list(community.channels.values_list("name", "url", "purpose"))
    assert kept == [("#xen", "", "For newcomers"), ("xen-devel", "https://lists.example.org/xen", "")]
    assert list(community.resources.values_list("title", flat=True)) == ["First steps"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://xen.example.org/", "not an address"])
def test_an_address_that_is_none_is_refused_and_nothing_typed_is_lost(url):
    community = make.community("Xen")

    page = edit(community, description="Long and *new*.", resources=[{"title": "First steps", "url": url}])

    assert "Enter a valid URL" in page.text
    assert ["Long and *new*." in page.text, "First steps" in page.text] == [True, True]
    assert not community.resources.exists()


def test_the_name_of_another_community_is_refused():
    make.community("Debian")
    community = make.community("Xen")

    page = edit(community, name="Debian")

    assert (page.status_code, Community.objects.filter(name="Debian").count()) == (200, 1)


def test_the_address_stays_when_the_name_changes():
    community = make.community("Xen")

    edit(community, name="Xen Project")

    assert Community.objects.get(name="Xen Project").slug == community.slug
