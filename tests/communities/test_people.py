"""Roles in a community and in the program: given by letter, ended with the next request, never without a last one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from opw.accounts.models import User
from opw.audit.models import Event
from opw.communities.models import Community, RoleInvitation
from opw.mail.models import Letter
from tests import make
from tests.letters import last_link
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


def people_of(community: Community) -> str:
    return reverse("communities:people", args=[community.slug])


def end(role: str, community: Community, person: User) -> str:
    return reverse(f"communities:end_{role}", args=[community.slug, person.pk])


def post(person: User, address: str, **data: str) -> Any:
    return browser_of(person).post(address, data, follow=True)


def ada() -> User:
    return make.confirmed(make.user("Ada", email=ADA))


def accept(person: User) -> Any:
    return post(person, last_link(ADA), answer="accept")


@pytest.mark.parametrize("role", ["coordinator", "maintainer"])
def test_a_coordinator_invites_to_each_role_of_her_community(role):
    community, person = make.community(), ada()

    post(community.coordinators.get(), people_of(community), role=role, email=ADA)
    before = community.people(role).contains(person)
    page = accept(person)

    assert f"You are a {role} of {community} now." in page.text
    assert (before, community.people(role).contains(person)) == (False, True)
    assert Letter.objects.get(to=ADA).is_secret


def test_a_program_coordinator_invites_coordinators_of_any_community_but_gives_no_right_to_review():
    community, program = make.community(), make.program_coordinator()

    page = browser_of(program).get(people_of(community))
    refused = post(program, people_of(community), role="maintainer", email=ADA)
    post(program, people_of(community), role="coordinator", email=ADA)

    assert [value for value, _ in page.context["form"].fields["role"].choices] == ["coordinator"]
    assert "Select a valid choice" in refused.text
    assert RoleInvitation.objects.get().role == "coordinator"


def test_a_program_coordinator_invites_another_one():
    program, person = make.program_coordinator(), ada()

    post(program, reverse("communities:program"), email=ADA)
    accept(person)

    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser) == (True, False)


@pytest.mark.parametrize("given", ["program", "coordinator", "maintainer"])
def test_nobody_gives_a_right_that_she_does_not_have(given):
    community, other = make.community(), make.community()
    people = [make.user(), community.maintainers.get(), other.coordinators.get()]
    address = reverse("communities:program") if given == "program" else people_of(community)

    answers = [post(person, address, role=given, email=ADA).status_code for person in people]

    assert answers == [403, 403, 403]
    assert not RoleInvitation.objects.exists()


def test_an_invitation_by_who_lost_the_right_does_not_hold():
    community, person = make.community(), ada()
    former = make.user("Former coordinator")
    community.coordinators.add(former)
    post(former, people_of(community), role="coordinator", email=ADA)
    community.coordinators.remove(former)

    page = accept(person)

    assert "Former coordinator can no longer invite you" in page.text
    assert not community.coordinators.contains(person)


def test_the_page_of_an_invitation_is_public_and_acts_on_a_form_alone(client):
    community, person = make.community("Xen"), ada()
    post(community.coordinators.get(), people_of(community), role="maintainer", email=ADA)

    page = client.get(last_link(ADA))
    browser_of(person).get(last_link(ADA))

    assert "a maintainer of Xen" in page.text
    assert not community.maintainers.contains(person)


def test_an_invitation_waits_on_the_dashboard_of_who_has_the_address():
    community, person = make.community(), ada()
    post(community.coordinators.get(), people_of(community), role="maintainer", email=ADA)
    mine = RoleInvitation.objects.get().get_absolute_url()

    dashboard = browser_of(person).get(reverse("site:dashboard"))
    post(person, mine, answer="accept")

    assert mine in dashboard.text
    assert community.maintainers.contains(person)


def test_it_is_sent_again_and_taken_back():
    community = make.community()
    coordinator = community.coordinators.get()
    post(coordinator, people_of(community), role="maintainer", email=ADA)
    invitation, first = RoleInvitation.objects.get(), last_link(ADA)

    post(coordinator, reverse("communities:send_invitation_again", args=[invitation.pk]))
    second = last_link(ADA)
    post(coordinator, reverse("communities:revoke_invitation", args=[invitation.pk]))
    accept(ada())

    assert Client().get(first).status_code == 404
    assert first != second
    assert community.maintainers.count() == 1


def test_too_many_invitations_are_answered_429():
    community = make.community()

    statuses = [
        post(community.coordinators.get(), people_of(community), role="maintainer", email=ADA).status_code
        for _ in range(6)
    ]

    assert statuses == [200] * 5 + [429]


def test_a_role_taken_away_is_refused_at_the_next_request():
    community = make.community()
    person = make.user()
    community.coordinators.add(person)
    browser = browser_of(person)
    before = browser.get(people_of(community)).status_code

    post(community.coordinators.exclude(pk=person.pk).get(), end("coordinator", community, person))

    assert (before, browser.get(people_of(community)).status_code) == (200, 403)
    assert f"no longer a coordinator of {community}" in Letter.objects.get(recipient=person).text


def test_a_program_coordinator_who_is_none_any_more_is_refused_at_the_next_request():
    first, second = make.program_coordinator(), make.program_coordinator()
    browser = browser_of(second)
    before = browser.get(reverse("communities:program")).status_code

    post(first, reverse("communities:end_program_role", args=[second.pk]))

    assert (before, browser.get(reverse("communities:program")).status_code) == (200, 403)


def test_a_maintainer_gives_up_her_own_role():
    community = make.community()
    maintainer = community.maintainers.get()

    page = post(maintainer, end("maintainer", community, maintainer))

    assert page.status_code == 200
    assert not community.maintainers.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("by", ["herself", "the program"])
def test_the_last_coordinator_cannot_leave_and_cannot_be_removed(by):
    community = make.community()
    last = community.coordinators.get()
    community.coordinators.add(make.user(is_active=False))

    page = post({"herself": last, "the program": make.program_coordinator()}[by], end("coordinator", community, last))

    assert f"{last} is the last coordinator of {community}. Invite another one first." in page.text
    assert community.coordinators.contains(last)


def test_the_last_coordinator_of_the_program_cannot_leave():
    last = make.program_coordinator()

    page = post(last, reverse("communities:end_program_role", args=[last.pk]))

    assert "is the last coordinator of the program" in page.text


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_leave_at_once_one_stays():
    for _ in range(3):
        people = [make.user(), make.user()]
        community = make.community(coordinator=people[0])
        community.coordinators.add(people[1])

        pages = together(*(posting(browser_of(one), end("coordinator", community, one)) for one in people))

        assert [page.status_code for page in pages] == [200, 200]
        assert community.coordinators.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_program_coordinators_who_remove_each_other_at_once_one_stays():
    people = [make.program_coordinator(), make.program_coordinator()]
    ends = [reverse("communities:end_program_role", args=[one.pk]) for one in reversed(people)]

    pages = together(*(posting(browser_of(one), address) for one, address in zip(people, ends, strict=True)))

    assert {page.status_code for page in pages} <= {200, 403}
    assert User.objects.filter(is_staff=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_accepts_at_once_give_the_role_once():
    community, person = make.community(), ada()
    post(community.coordinators.get(), people_of(community), role="maintainer", email=ADA)

    pages = together(*(posting(browser_of(person), last_link(ADA), {"answer": "accept"}) for _ in range(20)))

    assert [page.status_code for page in pages] == [200] * 20
    assert Event.objects.filter(deed="role_given").count() == 1
    assert community.maintainers.filter(pk=person.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_invite_the_same_person_at_once_write_one_invitation():
    program = [make.program_coordinator(), make.program_coordinator()]

    pages = together(*(posting(browser_of(one), reverse("communities:program"), {"email": ADA}) for one in program))

    assert [page.status_code for page in pages] == [200, 200]
    assert RoleInvitation.objects.count() == 1
