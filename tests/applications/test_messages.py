"""Messages: who reads them, who is told, and what is refused."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, Message
from opw.accounts.models import User
from opw.mail.models import Letter, OptOut, Topic
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db


def thread(listing: Listing) -> str:
    return reverse("applications:messages", args=[listing.pk])


def mentors_side(listing: Listing, applicant: User) -> str:
    return reverse("mentors:messages", args=[listing.pk, applicant.pk])


def letters_to(person: User) -> list[str]:
    return list(Letter.objects.filter(recipient=person, topic=Topic.MESSAGE).values_list("subject", flat=True))


def test_a_newcomer_writes_to_the_mentors_who_are_told_and_answer(client):
    listing, applicant = make.listing(), make.user("Maya")
    mentor = make.mentor_of(listing)

    client.force_login(applicant)
    client.post(thread(listing), {"body": "Hello! Which driver first?"})
    client.force_login(mentor)
    seen = client.get(mentors_side(listing, applicant))
    client.post(mentors_side(listing, applicant), {"body": "The network one."})
    client.force_login(applicant)
    answered = client.get(thread(listing))

    assert "Which driver first?" in seen.text
    assert "The network one." in answered.text
    assert len(letters_to(mentor)) == len(letters_to(applicant)) == 1


def test_messages_of_one_hour_share_a_letter(client, time_machine):
    listing, applicant = make.listing(), make.user()
    client.force_login(applicant)
    time_machine.move_to(timezone.now().replace(minute=0), tick=False)

    for _ in range(3):
        client.post(thread(listing), {"body": "And another thing."})
    time_machine.shift(timedelta(hours=1))
    client.post(thread(listing), {"body": "One hour later."})

    assert Message.objects.count() == 4
    assert len(letters_to(make.mentor_of(listing))) == 2


def test_who_opted_out_gets_no_letter(client):
    listing = make.listing()
    mentor = make.mentor_of(listing)
    OptOut.objects.create(person=mentor, topic=Topic.MESSAGE)
    client.force_login(make.user())

    client.post(thread(listing), {"body": "Hello!"})

    assert letters_to(mentor) == []


def test_who_stepped_back_or_applies_is_told_nothing(client):
    listing, applicant = make.listing(), make.user()
    recused, applying = make.user(), make.user()
    for person in (recused, applying):
        make.mentorship(listing.project, person)
    make.recusal(recused, applicant)
    make.application(make.listing(listing.participation), applying)
    Letter.objects.all().delete()

    client.force_login(applicant)
    client.post(thread(listing), {"body": "Hello!"})

    assert (letters_to(recused), letters_to(applying)) == ([], [])
    for person in (recused, applying):
        client.force_login(person)
        assert client.get(mentors_side(listing, applicant)).status_code == 404


def test_a_coordinator_who_wrote_is_told_of_the_answer(client):
    listing, applicant = make.listing(), make.user()
    coordinator = make.coordinator_of(listing)
    make.message(listing, applicant)

    client.force_login(coordinator)
    client.post(mentors_side(listing, applicant), {"body": "Welcome!"})
    client.force_login(applicant)
    client.post(thread(listing), {"body": "Thank you!"})

    assert len(letters_to(coordinator)) == 1


def test_mentors_do_not_learn_of_a_draft(client):
    application = make.application(status=Application.Status.DRAFT, contributed=False)
    client.force_login(make.mentor_of(application.listing))

    page = client.get(mentors_side(application.listing, application.applicant))

    assert page.status_code == 404


def test_where_nobody_new_can_begin_only_old_threads_go_on(client):
    listing, applicant, newcomer = make.listing(closed_to_newcomers_at=timezone.now()), make.user(), make.user()
    make.message(listing, applicant)

    client.force_login(newcomer)
    refused = client.post(thread(listing), {"body": "Hello!"})
    client.force_login(applicant)
    client.post(thread(listing), {"body": "One more question."})

    assert "take no newcomers any more" in refused.text
    assert "Hello!" in refused.text
    assert list(Message.objects.values_list("author", flat=True)) == [applicant.pk, applicant.pk]


def test_a_mentor_does_not_write_to_herself_as_an_applicant(client):
    listing = make.listing()
    client.force_login(make.mentor_of(listing))

    page = client.post(thread(listing), {"body": "Hello me."})

    assert "You mentor this project" in page.text
    assert not Message.objects.exists()


def test_after_many_messages_in_an_hour_one_waits(client):
    listing, applicant = make.listing(), make.user()
    for _ in range(20):
        make.message(listing, applicant)
    client.force_login(applicant)

    refused = client.post(thread(listing), {"body": "The 21st."})
    Message.objects.update(at=timezone.now() - timedelta(minutes=61))
    client.post(thread(listing), {"body": "The 21st."})

    assert "You wrote 20 messages within an hour" in refused.text
    assert Message.objects.count() == 21


@pytest.mark.parametrize("body", ["", "   ", "x" * 5001])
def test_no_message_is_empty_or_endless(client, body):
    listing = make.listing()
    client.force_login(make.user())

    page = client.post(thread(listing), {"body": body})

    assert page.context["form"].errors
    assert not Message.objects.exists()


def test_contact_made_elsewhere_is_noted_without_a_letter(client):
    listing, applicant = make.listing(), make.user()
    client.force_login(applicant)

    client.post(
        reverse("applications:contact_elsewhere", args=[listing.pk]), {"elsewhere-body": "#boot on irc.example.org"}
    )

    message = Message.objects.get()
    assert (message.is_elsewhere, message.body) == (True, "#boot on irc.example.org")
    assert letters_to(make.mentor_of(listing)) == []


def test_hostile_text_does_nothing(client):
    listing, applicant = make.listing(), make.user("<b>Eve</b>\r\nBcc: all@example.org")
    client.force_login(applicant)

    client.post(
        thread(listing), {"body": "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://example.org/i)"}
    )
    client.force_login(make.mentor_of(listing))
    page = client.get(mentors_side(listing, applicant))
    letter = Letter.objects.get(topic=Topic.MESSAGE)

    assert "<script>alert" not in page.text
    assert 'href="javascript' not in page.text
    assert "<img" not in page.text
    assert "<b>Eve" not in page.text + letter.html
    assert "\n" not in letter.subject
