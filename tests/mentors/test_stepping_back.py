"""Stepping back from an applicant as soon as something of her is seen, be it one contribution or one message."""

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, Contribution, InitialApplication, Message, Recusal
from opw.accounts.models import User
from opw.audit.models import Event
from opw.mail.models import Withheld
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db

WHY = "We were at school together."


def address(applicant: User) -> str:
    return reverse("mentors:step_back", args=[applicant.pk])


def staff_of(listing: Listing) -> dict[str, User]:
    return {
        "mentor": make.mentor_of(listing),
        "coordinator": make.coordinator_of(listing),
        "program coordinator": make.program_coordinator(),
    }


@pytest.mark.parametrize("role", ["mentor", "coordinator", "program coordinator"])
@pytest.mark.parametrize("made", [make.contribution, make.message])
def test_who_has_seen_one_thing_of_her_steps_back_and_it_is_gone(client, made, role):
    listing, newcomer = make.listing(), make.user()
    made(listing, newcomer)
    person = staff_of(listing)[role]
    client.force_login(person)

    done = client.post(address(newcomer), {"reason": WHY}, follow=True)
    again = client.post(address(newcomer), {"reason": WHY})

    recusal = Recusal.objects.get()
    assert (recusal.person, recusal.applicant, recusal.reason) == (person, newcomer, WHY)
    assert "You stepped back" in done.text
    assert [*Contribution.objects.visible_to(person), *Message.objects.visible_to(person)] == []
    assert again.status_code == 404
    assert Withheld.objects.filter(reader=person, about=newcomer).exists()
    assert [event.deed for event in Event.objects.about(recusal)] == ["stepped_back"]


@pytest.mark.parametrize("page", ["listing", "messages"])
def test_the_way_there_stands_where_a_contribution_does(client, page):
    contribution = make.contribution()
    listing, newcomer = contribution.listing, contribution.applicant
    addresses = {
        "listing": reverse("mentors:listing", args=[listing.pk]),
        "messages": reverse("mentors:messages", args=[listing.pk, newcomer.pk]),
    }
    client.force_login(make.mentor_of(listing))

    seen = client.get(addresses[page])

    assert f'href="{address(newcomer)}"' in seen.text


def test_the_way_there_stands_beside_a_mark_that_is_asked_about_again(client):
    contribution = make.contribution()
    client.force_login(make.mentor_of(contribution.listing))

    page = client.post(reverse("mentors:mark", args=[contribution.pk]), {"mark": "nonsense"})

    assert f'href="{address(contribution.applicant)}"' in page.text


@pytest.mark.parametrize("status", [InitialApplication.Status.SUBMITTED, InitialApplication.Status.DRAFT])
def test_a_program_coordinator_steps_back_from_whom_she_is_to_decide_about_and_learns_of_no_draft(client, status):
    initial = make.initial_application(status=status, is_in_doubt=True)
    client.force_login(make.program_coordinator())

    page = client.get(address(initial.applicant))

    assert page.status_code == (200 if status == InitialApplication.Status.SUBMITTED else 404)


@pytest.mark.parametrize("typed", [{"reason": ""}, {"reason": "x" * 501}], ids=["nothing", "too long"])
def test_without_a_reason_nobody_steps_back_and_what_is_typed_stays(client, typed):
    contribution = make.contribution()
    client.force_login(make.mentor_of(contribution.listing))

    page = client.post(address(contribution.applicant), typed)

    assert page.context["form"]["reason"].value() == typed["reason"]
    assert page.context["form"].errors
    assert not Recusal.objects.exists()


def test_nobody_learns_whether_somebody_is_there_of_whom_she_sees_nothing():
    draft = make.application(status=Application.Status.DRAFT, contributed=False)
    mentor = make.mentor_of(draft.listing)
    browser = Client()
    browser.force_login(mentor)

    answers = [
        browser.get(path).status_code
        for path in (address(draft.applicant), address(mentor), "/mentors/applicants/999999/step-back/")
    ]

    assert answers == [404, 404, 404]
