"""More time by form: whom it reaches, who may give it, and what it moves."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opw.accounts.models import User
from opw.communities.models import Community
from opw.mail.models import Letter
from opw.rounds.models import Deadline, Extension, Round, deadline_for
from tests import make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def give(client, round: Round, *, by: User, to: Community | None = None, person: str = "", until=None):
    client.force_login(by)
    until = until or round.applications_close_at + DAY
    form = {
        "community": to.pk if to else "", "email": person, "deadline": Deadline.APPLICATIONS,
        "until_at": f"{until:%Y-%m-%d %H:%M:%S.%f}", "reason": "A power cut.",
    }  # fmt: skip
    return client.post(reverse("coordinate:extensions", args=[round.slug]), form)


def test_more_time_for_one_person_in_one_community_reaches_her_there_and_is_told(client):
    participation, person = make.participation(), make.user()
    round, community = participation.round, participation.community
    until = round.applications_close_at + DAY

    give(client, round, by=make.coordinator_of(participation), to=community, person=person.email.upper())

    letter = Letter.objects.get()
    assert deadline_for(Deadline.APPLICATIONS, round, community, person) == until
    assert deadline_for(Deadline.APPLICATIONS, round, community) == round.applications_close_at
    assert (letter.recipient, "You have more time" in letter.text) == (person, True)
    assert "A power cut." not in letter.text


@pytest.mark.parametrize("whom", ["everybody", "a community", "a person"])
def test_who_may_give_time_to_whom(client, whom):
    participation, person = make.participation(), make.user()
    to = None if whom == "everybody" else participation.community
    address = person.email if whom == "a person" else ""
    people = {
        "program": make.program_coordinator(),
        "coordinator": make.coordinator_of(participation),
        "other coordinator": make.coordinator_of(make.participation(participation.round)),
    }

    able = []
    for role, by in people.items():
        give(client, participation.round, by=by, to=to, person=address)
        if Extension.objects.filter(granted_by=by).exists():
            able.append(role)

    assert able == (["program"] if whom == "everybody" else ["program", "coordinator"])


def test_nobody_gives_time_to_herself_or_to_whom_she_stepped_back_from(client):
    participation, friend = make.participation(), make.user()
    coordinator = make.coordinator_of(participation)
    make.recusal(coordinator, friend)

    pages = [
        give(client, participation.round, by=coordinator, to=participation.community, person=address)
        for address in (coordinator.email, friend.email, "nobody@example.org")
    ]

    assert ["Nobody with this address" in page.text for page in pages] == [True, True, True]
    assert not Extension.objects.exists()


@pytest.mark.parametrize(
    ("days", "complaint"),
    [(-30, "That moment has passed"), (0, "no more time than the schedule"), (26, "until the close of selection")],
)
def test_time_that_is_none_is_refused_beside_its_field(client, days, complaint):
    round = make.round()

    page = give(client, round, by=make.program_coordinator(), until=round.applications_close_at + days * DAY)

    assert [complaint in error for error in page.context["form"].errors["until_at"]] == [True]


def test_time_is_taken_back_once_and_she_is_told(client):
    round, person = make.round(), make.user()
    extension = make.extension(round, until_at=round.applications_close_at + DAY, person=person)
    client.force_login(make.program_coordinator())
    address = reverse("coordinate:revoke_extension", args=[extension.pk])

    client.post(address)
    again = client.post(address, follow=True)

    assert deadline_for(Deadline.APPLICATIONS, round, person=person) == round.applications_close_at
    assert "taken back before" in again.text
    assert [letter.recipient for letter in Letter.objects.all()] == [person]


def test_who_sees_which_extensions(client):
    participation, friend = make.participation(), make.user("A friend")
    round, coordinator = participation.round, make.coordinator_of(participation)
    other = make.participation(round)
    until = round.applications_close_at + DAY
    make.recusal(coordinator, friend)
    for to in ({}, {"community": participation.community}, {"community": other.community}, {"person": make.user()}):
        make.extension(round, until_at=until, **to)
    make.extension(round, until_at=until, community=participation.community, person=friend)

    seen = []
    for reader in (make.program_coordinator(), coordinator):
        client.force_login(reader)
        page = client.get(reverse("coordinate:extensions", args=[round.slug]))
        seen.append([(one.community, one.person) for one in reversed(page.context["given"])])

    assert len(seen[0]) == 5
    assert seen[1] == [(None, None), (participation.community, None)]
