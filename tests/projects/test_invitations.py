"""Inviting somebody to mentor: by letter, with a link that is secret, works once, expires, and acts on a form alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from opw.accounts.models import INVITATION_LASTS, User
from opw.audit.models import Event
from opw.mail.models import Letter
from projects.models import MentorInvitation, Project
from tests import make
from tests.letters import last_link
from tests.projects.test_who_may import of
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


def mentor_of(project: Project) -> User:
    mentor = project.confirmed_mentors[0].user
    assert mentor
    return mentor


def invite(project: Project, *, by: User, email: str = ADA, **more: str) -> Any:
    return browser_of(by).post(of(project, "mentors"), {"email": email} | more, follow=True)


def accept(person: User, link: str) -> Any:
    return browser_of(person).post(link, {"answer": "accept"}, follow=True)


def ada() -> User:
    return make.confirmed(make.user("Ada", email=ADA))


def mentors(project: Project) -> set[User | None]:
    return {mentorship.user for mentorship in project.mentorships.confirmed()}


@pytest.mark.parametrize("role", ["mentor", "coordinator"])
def test_an_invitation_accepted_makes_a_mentor_at_once(role):
    project = make.idea()
    inviter, first = (
        {"mentor": mentor_of(project), "coordinator": make.coordinator_of(project)}[role],
        mentor_of(project),
    )
    person = ada()
    invite(project, by=inviter)

    page = accept(person, last_link(ADA))

    assert "You are a mentor of" in page.text
    assert mentors(project) == {first, person}


def test_the_letter_is_secret_and_only_a_hash_of_its_link_is_kept():
    project = make.idea()

    invite(project, by=mentor_of(project), name="Ada")

    letter, invitation = Letter.objects.get(), MentorInvitation.objects.get()
    token = last_link(ADA).split("/")[-2]
    assert (letter.to, letter.is_secret, letter.recipient) == (ADA, True, None)
    assert "Ada, " in letter.text
    assert len(token) >= 43
    assert token not in str(list(MentorInvitation.objects.values()))
    assert invitation.token_hash not in letter.text


def test_looking_at_the_link_shows_what_it_is_about_and_changes_nothing():
    project = make.idea()
    person = ada()
    invite(project, by=mentor_of(project))

    pages = [browser.get(last_link(ADA)) for browser in (Client(), browser_of(person))]

    assert [project.title in page.text for page in pages] == [True, True]
    assert MentorInvitation.objects.get().state == "open"
    assert person not in mentors(project)


def test_a_link_that_was_never_sent_leads_nowhere(client):
    assert client.get(reverse("projects:invitation", args=["guessed"])).status_code == 404


def test_a_visitor_signs_in_to_accept_and_is_led_back(client):
    project = make.idea()
    ada()
    invite(project, by=mentor_of(project))
    link = last_link(ADA)

    page = client.post(link, {"answer": "accept"})

    assert page["Location"] == f"{reverse('account_login')}?next={link}"


def test_whoever_signs_up_with_the_address_finds_the_invitation_on_her_dashboard(client):
    project = make.idea()
    invite(project, by=mentor_of(project))
    password = "a long and winding road"
    client.post(
        reverse("account_signup"),
        {"name": "Ada", "email": ADA, "password1": password, "password2": password, "timezone": "UTC"},
    )
    client.post(last_link(ADA))
    client.post(reverse("account_login"), {"login": ADA, "password": password})

    dashboard = client.get(reverse("site:dashboard"))
    mine = MentorInvitation.objects.get().get_absolute_url()
    page = client.post(mine, {"answer": "accept"}, follow=True)

    assert mine in dashboard.text
    assert "You are a mentor of" in page.text
    assert mine not in client.get(reverse("site:dashboard")).text


def test_declining_needs_no_account(client):
    project = make.idea()
    invite(project, by=mentor_of(project))
    link = last_link(ADA)

    page = client.post(link, {"answer": "decline"}, follow=True)
    late = accept(ada(), link)

    assert "You declined" in page.text
    assert "This invitation is declined" in late.text
    assert mentors(project) == {mentor_of(project)}


@pytest.mark.parametrize("confirmed", [True, False])
def test_only_the_account_of_the_confirmed_address_can_accept(confirmed):
    project = make.idea()
    invite(project, by=mentor_of(project))
    person = make.confirmed(make.user("Eve")) if confirmed else make.user("Ada", email=ADA)

    page = accept(person, last_link(ADA))

    assert f"This invitation was sent to {ADA}, and you are signed in as {person.email}." in page.text
    assert (MentorInvitation.objects.get().state, mentors(project)) == ("open", {mentor_of(project)})


def test_nobody_answers_the_invitation_of_another_without_its_letter():
    project = make.idea()
    invite(project, by=mentor_of(project))
    theirs = MentorInvitation.objects.get().get_absolute_url()

    page = browser_of(make.confirmed(make.user())).post(theirs, {"answer": "decline"})

    assert page.status_code == 404


def test_a_link_works_once():
    project = make.idea()
    person = ada()
    invite(project, by=mentor_of(project))
    link = last_link(ADA)
    accept(person, link)
    project.mentorships.filter(user=person).delete()

    page = accept(person, link)

    assert page.status_code == 200
    assert person not in mentors(project)


def test_a_link_expires():
    project = make.idea()
    invite(project, by=mentor_of(project))
    MentorInvitation.objects.update(expires_at=timezone.now())

    page = accept(ada(), last_link(ADA))

    assert "has expired" in page.text
    assert mentors(project) == {mentor_of(project)}


def test_sent_again_it_has_a_new_link_and_the_old_one_is_dead():
    project = make.idea()
    person, inviter = ada(), mentor_of(project)
    invite(project, by=inviter)
    old = last_link(ADA)
    MentorInvitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    again = reverse("projects:send_invitation_again", args=[MentorInvitation.objects.get().pk])
    browser_of(inviter).post(again)
    page = accept(person, last_link(ADA))

    assert Client().get(old).status_code == 404
    assert "You are a mentor of" in page.text
    assert MentorInvitation.objects.get().expires_at > timezone.now() + INVITATION_LASTS - timedelta(minutes=5)


def test_taken_back_its_link_no_longer_works():
    project = make.idea()
    inviter = mentor_of(project)
    invite(project, by=inviter)
    browser_of(inviter).post(reverse("projects:revoke_invitation", args=[MentorInvitation.objects.get().pk]))

    page = accept(ada(), last_link(ADA))

    assert "This invitation is revoked" in page.text
    assert mentors(project) == {inviter}


def test_an_invitation_of_somebody_who_lost_the_right_does_not_hold():
    project = make.idea()
    inviter = make.user("Former mentor")
    mentorship = make.mentorship(project, inviter)
    invite(project, by=inviter)
    mentorship.delete()

    page = accept(ada(), last_link(ADA))

    assert "Former mentor can no longer invite you" in page.text
    assert mentors(project) == {mentor_of(project)}


def test_nothing_tells_whether_an_address_has_an_account():
    project = make.idea()
    known = ada()
    make.mentorship(project, known)

    told = [invite(project, by=mentor_of(project), email=email) for email in (ADA, "nobody@example.org")]

    answers = [(page.status_code, [str(message) for message in page.context["messages"]]) for page in told]
    assert answers[0] == answers[1]
    assert {letter.to for letter in Letter.objects.all()} == {ADA, "nobody@example.org"}


def test_inviting_once_more_sends_the_same_invitation_again():
    project = make.idea()
    for email in (ADA, "Ada@Example.org"):
        invite(project, by=mentor_of(project), email=email)

    assert (MentorInvitation.objects.count(), Letter.objects.count()) == (1, 2)


def test_too_many_invitations_are_answered_429():
    project = make.idea()

    statuses = [invite(project, by=mentor_of(project)).status_code for _ in range(6)]

    assert statuses == [200] * 5 + [429]
    assert Letter.objects.count() == 5


@pytest.mark.parametrize("name", ["https://evil.example.org", "win@evil.example.org", "a" * 101, "nul\x00"])
def test_a_name_that_is_none_is_refused_and_nothing_typed_is_lost(name):
    project = make.idea()

    page = invite(project, by=mentor_of(project), name=name)

    assert ADA in page.text
    assert not Letter.objects.exists()


@pytest.mark.parametrize("state", [Project.State.DRAFT, Project.State.ARCHIVED, Project.State.WITHDRAWN])
def test_nobody_is_invited_to_what_is_not_there(state):
    project = make.project(state=state)
    coordinator = make.coordinator_of(project)
    Project.objects.update(proposed_by=coordinator)

    page = invite(project, by=coordinator)

    assert "needs no mentor now" in page.text
    assert not Letter.objects.exists()


def test_who_invites_and_who_accepts_is_on_record():
    project = make.idea()
    person, inviter = ada(), mentor_of(project)
    invite(project, by=inviter)
    accept(person, last_link(ADA))

    deeds = set(Event.objects.values_list("deed", "actor"))

    assert deeds == {
        ("invitation_sent", inviter.pk),
        ("invitation_accepted", person.pk),
        ("mentor_confirmed", person.pk),
    }


@pytest.mark.django_db(transaction=True)
def test_twenty_accepts_at_once_have_one_effect():
    project = make.idea()
    person = ada()
    invite(project, by=mentor_of(project))
    link = last_link(ADA)

    pages = together(*(posting(browser_of(person), link, {"answer": "accept"}) for _ in range(20)))

    assert [page.status_code for page in pages] == [200] * 20
    assert project.mentorships.filter(user=person).count() == 1
    assert Event.objects.filter(deed="invitation_accepted").count() == 1
    assert Letter.objects.filter(key__startswith="mentor_joined").count() == 2


@pytest.mark.django_db(transaction=True)
def test_accepted_declined_and_revoked_at_once_it_ends_in_one_way():
    project = make.idea()
    person, inviter = ada(), mentor_of(project)
    invite(project, by=inviter)
    link, revoke = last_link(ADA), reverse("projects:revoke_invitation", args=[MentorInvitation.objects.get().pk])

    pages = together(
        posting(browser_of(person), link, {"answer": "accept"}),
        posting(browser_of(person), link, {"answer": "decline"}),
        posting(browser_of(inviter), revoke),
    )

    ended = Event.objects.filter(deed__in=["invitation_accepted", "invitation_declined", "invitation_revoked"])
    assert {page.status_code for page in pages} <= {200, 404}
    assert ended.count() == 1
    assert (person in mentors(project)) == (MentorInvitation.objects.get().state == "accepted")
