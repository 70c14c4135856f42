"""A signed-in person comes with her roles; what was given or taken counts from the next request on."""

import pytest
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db


def test_a_role_counts_from_the_next_request_on(client):
    community, person = make.community(), make.user()
    client.force_login(person)
    asked = [client.get(reverse("site:coordinate")).status_code]

    community.coordinators.add(person)
    asked.append(client.get(reverse("site:coordinate")).status_code)
    community.coordinators.remove(person)
    asked.append(client.get(reverse("site:coordinate")).status_code)

    assert asked == [403, 200, 403]


def test_a_role_somewhere_is_none_elsewhere(client):
    project = make.idea()
    client.force_login(make.community(coordinator=make.user()).coordinators.get())

    page = client.post(reverse("projects:list_in_round", args=[project.community.slug, project.slug]))

    assert page.status_code == 403


def test_an_account_that_was_closed_is_signed_out(client):
    person = make.user()
    client.force_login(person)
    person.is_active = False
    person.save()

    page = client.get(reverse("site:dashboard"))

    assert page["Location"].startswith(reverse("account_login"))


def test_a_project_shows_each_reader_her_own_deadline(client):
    listing, person = make.listing(), make.user()
    later = listing.round.selection_closes_at
    make.extension(listing.round, until_at=later, person=person)
    address, words = listing.project.get_absolute_url(), f'Applications close <time datetime="{later:%Y-%m-%d}'
    client.force_login(person)

    hers = client.get(address)
    client.force_login(make.user())
    others = client.get(address)

    assert (words in hers.text, words in others.text) == (True, False)
