"""From the outbox to a real mail server, over SMTP."""

import socket
from datetime import timedelta

import pytest
from django.utils import timezone

from opw.mail import delivery
from opw.mail.compose import unsubscribe_url
from opw.mail.models import Letter, Topic
from tests import make
from tests.mail.server import MailServer
from tests.ports import free_port

pytestmark = pytest.mark.django_db

Status = Letter.Status


@pytest.fixture(autouse=True)
def _clock_stands(time_machine):
    time_machine.move_to(timezone.now(), tick=False)


def after(seconds: float, time_machine) -> int:
    """Let time pass, and deliver; the number of letters sent."""
    time_machine.shift(seconds)
    return delivery.deliver_due_letters()


def test_a_letter_arrives_as_it_was_written(server, settings):
    letter = make.letter(make.user(email="ada@example.org"), subject="Grüße", text="Dear Ada", html="<p>Dear Ada</p>")

    sent = delivery.deliver_due_letters()

    letter.refresh_from_db()
    (mail,) = server.received
    headers = {
        name: mail[name] for name in ("To", "From", "Subject", "Message-ID", "Auto-Submitted", "List-Unsubscribe")
    }
    assert sent == 1
    assert headers == {
        "To": "ada@example.org",
        "From": settings.DEFAULT_FROM_EMAIL,
        "Subject": "Grüße",
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": None,
    }
    assert [part.get_content().strip() for part in mail.iter_parts()] == ["Dear Ada", "<p>Dear Ada</p>"]
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert (letter.status, letter.sent_at, letter.tries) == (Status.SENT, timezone.now(), 1)


def test_a_letter_that_one_can_opt_out_of_says_how(server):
    reader = make.user()
    make.letter(reader, topic=Topic.REMINDER)

    delivery.deliver_due_letters()

    (mail,) = server.received
    assert mail["List-Unsubscribe"].strip() == f"<{unsubscribe_url(reader.pk, Topic.REMINDER)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_each_letter_has_one_recipient_and_is_sent_once(server):
    letters = [make.letter() for _ in range(3)]

    first, second = delivery.deliver_due_letters(), delivery.deliver_due_letters()

    assert (first, second) == (3, 0)
    assert [mail["To"] for mail in server.received] == [letter.to for letter in letters]


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELLED])
def test_what_is_not_queued_is_not_sent(server, status):
    make.letter(status=status)

    assert delivery.deliver_due_letters() == 0
    assert server.tried == []


def test_a_letter_put_off_by_the_server_is_sent_later_as_the_same_letter(server, time_machine):
    letter = make.letter()
    server.answers.append("451 Try again later")

    at_once = delivery.deliver_due_letters()
    letter.refresh_from_db()
    put_off = (letter.status, letter.tries, letter.next_try_at - timezone.now())
    too_early = after(14.9, time_machine)
    in_time = after(0.1, time_machine)

    letter.refresh_from_db()
    assert (at_once, too_early, in_time) == (0, 0, 1)
    assert put_off == (Status.QUEUED, 1, timedelta(seconds=15))
    assert server.tried == [letter.message_id, letter.message_id]
    assert (letter.status, letter.tries, letter.failure) == (Status.SENT, 2, "")


def test_pauses_grow_to_an_hour_and_end_after_twelve_tries(server, time_machine):
    letter = make.letter()
    server.answers.extend(["451 Try again later"] * 13)
    pauses = []

    for _ in range(13):
        delivery.deliver_due_letters()
        letter.refresh_from_db()
        pauses.append((letter.next_try_at - timezone.now()).total_seconds())
        time_machine.move_to(max(letter.next_try_at, timezone.now()), tick=False)

    assert pauses[:11] == [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert (letter.status, letter.tries) == (Status.FAILED, 12)
    assert "451" in letter.failure


def test_a_letter_refused_for_good_fails_and_the_others_go_on(server):
    refused, other = make.letter(), make.letter()
    server.refused_recipients[refused.to] = "550 No such person"

    sent = delivery.deliver_due_letters()

    refused.refresh_from_db()
    assert sent == 1
    assert [mail["To"] for mail in server.received] == [other.to]
    assert (refused.status, refused.sent_at) == (Status.FAILED, None)
    assert "No such person" in refused.failure


def test_a_recipient_put_off_by_the_server_is_tried_again(server, time_machine):
    letter = make.letter()
    server.refused_recipients[letter.to] = "450 Mailbox busy"

    at_once = delivery.deliver_due_letters()
    server.refused_recipients.clear()
    later = after(15, time_machine)

    assert (at_once, later) == (0, 1)


def test_a_text_refused_for_good_fails(server):
    letter = make.letter()
    server.answers.append("554 We take no letters")

    delivery.deliver_due_letters()

    letter.refresh_from_db()
    assert letter.status == Status.FAILED


def test_without_a_server_nothing_is_lost_and_all_is_sent_when_it_is_back(smtp_settings, time_machine):
    server = MailServer()
    smtp_settings.EMAIL_PORT = server.port
    letters = [make.letter() for _ in range(3)]

    away = delivery.deliver_due_letters()
    waiting = Letter.objects.filter(status=Status.QUEUED).count()
    with server:
        back = after(15, time_machine)

    assert (away, waiting, back) == (0, 3, 3)
    assert {mail["Message-ID"] for mail in server.received} == {letter.message_id for letter in letters}


def test_without_a_server_one_letter_is_tried_and_not_all(smtp_settings):
    smtp_settings.EMAIL_PORT = free_port()
    for _ in range(3):
        make.letter()

    delivery.deliver_due_letters()

    assert sorted(Letter.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_a_server_that_stalls_holds_nobody_for_long(smtp_settings):
    letter = make.letter()
    smtp_settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        smtp_settings.EMAIL_PORT = silent.getsockname()[1]
        sent = delivery.deliver_due_letters()

    letter.refresh_from_db()
    assert sent == 0
    assert (letter.status, letter.tries) == (Status.QUEUED, 1)
    assert "timed out" in letter.failure


def test_a_reminder_of_a_date_that_has_passed_is_not_sent(server):
    expired = make.letter(topic=Topic.REMINDER, useful_until=timezone.now())
    useful = make.letter(topic=Topic.REMINDER, useful_until=timezone.now() + timedelta(microseconds=1))

    sent = delivery.deliver_due_letters()

    expired.refresh_from_db()
    assert sent == 1
    assert [mail["To"] for mail in server.received] == [useful.to]
    assert (expired.status, expired.failure) == (Status.CANCELLED, "The date it reminds of has passed.")


def test_a_secret_is_not_kept_once_it_is_mailed(server):
    secret, plain = make.letter(is_secret=True, text="https://portal/secret"), make.letter(text="Nothing secret")

    delivery.deliver_due_letters()

    secret.refresh_from_db()
    plain.refresh_from_db()
    assert server.received[0].get_body(("plain",)).get_content().strip() == "https://portal/secret"
    assert "https://portal/secret" not in secret.text + secret.html
    assert plain.text == "Nothing secret"


def test_a_secret_that_could_not_be_sent_is_kept_for_the_next_try(server):
    secret = make.letter(is_secret=True, text="https://portal/secret")
    server.answers.append("451 Try again later")

    delivery.deliver_due_letters()

    secret.refresh_from_db()
    assert secret.text == "https://portal/secret"


def test_without_a_mail_server_named_letters_stay_readable(settings):
    secret = make.letter(is_secret=True, text="https://portal/secret")

    delivery.deliver_due_letters()

    secret.refresh_from_db()
    assert not settings.MAILS_LETTERS
    assert (secret.status, secret.text) == (Status.SENT, "https://portal/secret")
