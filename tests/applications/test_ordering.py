"""The order of preference: an applicant's own, each place once, and nothing that mentors see."""

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from applications.models import Application
from opw.accounts.models import User
from opw.rounds.models import Phase
from tests import make, scenarios

pytestmark = pytest.mark.django_db


def three_of(applicant: User) -> list[Application]:
    first = make.application(applicant=applicant)
    return [first, *(make.application(make.listing(first.listing.participation), applicant) for _ in range(2))]


def order_of(applicant: User) -> list[int]:
    return list(Application.objects.of(applicant).order_by("rank").values_list("pk", flat=True))


def move(client, application: Application, direction: str):
    return client.post(reverse("applications:move", args=[application.pk]), {"direction": direction}, follow=True)


@pytest.mark.parametrize(
    ("moved", "direction", "order"),
    [(1, "up", [1, 0, 2]), (1, "down", [0, 2, 1]), (0, "up", [0, 1, 2]), (2, "down", [0, 1, 2])],
)
def test_an_application_changes_places_with_its_neighbour(client, moved, direction, order):
    applicant = make.user()
    hers = three_of(applicant)
    client.force_login(applicant)

    move(client, hers[moved], direction)

    assert order_of(applicant) == [hers[place].pk for place in order]


def test_her_page_lists_them_in_that_order_with_buttons(client):
    applicant = make.user()
    hers = three_of(applicant)
    client.force_login(applicant)

    page = move(client, hers[2], "up")

    assert [one.pk for one in page.context["ordered"]] == [hers[0].pk, hers[2].pk, hers[1].pk]
    assert (page.text.count("Move up"), page.text.count("Move down")) == (2, 2)


def test_what_is_withdrawn_has_no_place(client):
    applicant = make.user()
    first, second, third = three_of(applicant)
    Application.objects.filter(pk=second.pk).update(status="withdrawn", withdrawn_at=second.submitted_at)
    client.force_login(applicant)

    move(client, third, "up")
    refused = move(client, second, "up")

    assert order_of(applicant) == [third.pk, second.pk, first.pk]
    assert "its place stays as it is" in refused.text


def test_after_the_release_the_order_stays(client):
    applicant = make.user()
    hers = three_of(applicant)
    scenarios.put_into(hers[0].round, Phase.ANNOUNCED)
    client.force_login(applicant)

    move(client, hers[2], "up")

    assert order_of(applicant) == [one.pk for one in hers]


def test_each_place_is_taken_once():
    first, second, _ = three_of(make.user())

    Application.objects.filter(pk=second.pk).update(rank=first.rank)

    with pytest.raises(IntegrityError):
        connection.check_constraints()


def test_a_mentor_cannot_tell_the_order(client):
    applicant = make.user()
    first, _, third = three_of(applicant)
    client.force_login(make.mentor_of(third.listing))
    address = reverse("mentors:application", args=[third.pk])
    before = client.get(address)

    Application.objects.filter(pk=first.pk).update(rank=9)
    Application.objects.filter(pk=third.pk).update(rank=1)
    Application.objects.filter(pk=first.pk).update(rank=3)
    after = client.get(address)

    assert impersonal(after.text) == impersonal(before.text)


def impersonal(text: str) -> list[str]:
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line and "<time" not in line]
