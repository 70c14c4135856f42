"""Addresses are for good: what a wiki page called a project leads to it."""

import pytest
from django.urls import reverse

from projects.models import Project
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return make.project(title="Lazy restore", import_key="Lazy restore using PV domains (Xen)")


@pytest.mark.parametrize(
    "anchor",
    [
        "Lazy_restore_using_PV_domains_(Xen)",
        "lazy restore using pv domains (xen)",
    ],
)
def test_a_wiki_anchor_leads_to_its_project_for_good(client, project, anchor):
    page = client.get(reverse("projects:on_the_wiki", args=[project.community.slug, anchor]))

    assert (page.status_code, page["Location"]) == (301, project.get_absolute_url())


def test_an_anchor_in_the_place_of_the_slug_leads_there_too(client):
    project = make.project(import_key="Lazy restore")

    page = client.get(reverse("projects:detail", args=[project.community.slug, "Lazy_restore"]))

    assert (page.status_code, page["Location"]) == (301, project.get_absolute_url())


@pytest.mark.parametrize("state", [Project.State.DRAFT, Project.State.WITHDRAWN])
def test_an_anchor_tells_nothing_of_what_is_not_visible(client, state):
    project = make.project(state=state, import_key="Lazy restore")

    page = client.get(reverse("projects:on_the_wiki", args=[project.community.slug, "Lazy_restore"]))

    assert page.status_code == 404


def test_an_anchor_of_another_community_and_an_empty_one_lead_nowhere(client, project):
    elsewhere = make.project(import_key="")

    pages = [
        client.get(reverse("projects:on_the_wiki", args=[elsewhere.community.slug, name]))
        for name in (project.import_key, "_", " ")
    ]

    assert [page.status_code for page in pages] == [404, 404, 404]


def test_a_title_that_changes_leaves_the_address(client):
    project = make.project(title="Lazy restore")
    address = project.get_absolute_url()
    Project.objects.filter(pk=project.pk).update(title="Restore when it is needed")

    page = client.get(address)

    assert page.status_code == 200


def test_a_communitys_address_is_chosen_once(client):
    community = make.community()
    client.force_login(make.user(is_staff=True, is_superuser=True))

    new = client.get(reverse("admin:communities_community_add"))
    old = client.get(reverse("admin:communities_community_change", args=[community.pk]))

    assert ['name="slug"' in page.text for page in (new, old)] == [True, False]
