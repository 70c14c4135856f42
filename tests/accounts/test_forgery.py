"""Looking changes nothing, and a form that another site sends is refused."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from tests.accounts.addresses import PRIVATE, path
from tests.cast import Cast, assemble

pytestmark = pytest.mark.django_db

OURS = ["accounts", "audit", "mail", "communities", "rounds", "projects", "applications", "mentors"]


def rows() -> dict[str, list[Any]]:
    """Everything the portal holds, but when people last signed in."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return {
        model._meta.label: list(
            model._default_manager.order_by("pk").values_list(
                *[field.attname for field in model._meta.concrete_fields if field.name != "last_login"]
            )
        )
        for model in models
    }


def addresses_of(cast: Cast) -> list[str]:
    """Every private address, with whatever number and name could stand in it."""
    numbers = {thing.pk for thing in (cast.application, cast.listing, cast.selection, cast.contribution)}
    slugs = [(cast.idea.community.slug, project.slug) for project in (cast.project, cast.idea, cast.draft)]
    return sorted(
        {
            path(pattern, pk=number, listing=number, round=cast.round.slug, community=community, slug=slug)
            for _, pattern in PRIVATE
            for number in numbers
            for community, slug in [*slugs, ("", cast.round.slug), ("", cast.idea.community.slug)]
        }
    )


@pytest.mark.parametrize("role", ["applicant", "mentor", "coordinator", "program"])
def test_a_crawl_by_looking_changes_no_row(client, role):
    cast = assemble()
    client.force_login(cast.person(role))
    before = rows()

    statuses = {client.get(address).status_code for address in addresses_of(cast)}

    assert rows() == before
    assert statuses <= {200, 403, 404, 405}


@pytest.mark.parametrize(("name", "pattern"), PRIVATE, ids=[name for name, _ in PRIVATE])
def test_a_form_of_another_site_is_refused(name, pattern):
    cast = assemble()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.person("program"))

    page = browser.post(path(pattern, pk=cast.application.pk, slug=cast.round.slug), {"reason": "forged"})

    assert page.status_code == 403
