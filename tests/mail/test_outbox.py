"""The outbox: each letter once, opting out, and what a program coordinator does with it."""

import pytest
from django.urls import reverse

from opw.audit.models import Event
from opw.errors import Refused
from opw.mail import actions, delivery
from opw.mail.compose import Draft, compose
from opw.mail.models import Letter, OptOut, Topic
from tests import make

pytestmark = pytest.mark.django_db

Status = Letter.Status


def draft(to, *, topic: Topic = Topic.APPLICATION, key: str = "one", **fields) -> Draft:
    facts = {"title": "A patch", "project": "Boot faster", "comment": "", "link": "https://portal/"}
    return Draft(key=key, topic=topic, to=to, subject="A letter", template="mark_counts.txt", facts=facts | fields)


def test_a_letter_is_written_once_under_its_key():
    reader = make.user()

    for _ in range(2):
        actions.write_letter(draft(reader))
    actions.write_letters([draft(reader), draft(reader, key="two")])

    assert sorted(Letter.objects.values_list("key", flat=True)) == ["one", "two"]


def test_who_opted_out_gets_no_letter_of_that_topic():
    reader, other = make.user(), make.user()
    actions.opt_out(person_id=reader.pk, topic=Topic.REMINDER)

    actions.write_letters(
        [
            draft(reader, topic=Topic.REMINDER, key="hers"),
            draft(other, topic=Topic.REMINDER, key="another's"),
            draft(reader, topic=Topic.REVIEW, key="another topic"),
        ]
    )

    assert set(Letter.objects.values_list("key", flat=True)) == {"another's", "another topic"}


@pytest.mark.parametrize("topic", [Topic.ACCOUNT, Topic.APPLICATION, Topic.RESULT, Topic.ROUND])
def test_nobody_opts_out_of_what_one_must_know(topic):
    reader = make.user()

    with pytest.raises(Refused, match="cannot be ended"):
        actions.opt_out(person_id=reader.pk, topic=topic)
    OptOut.objects.create(person=reader, topic=topic)
    actions.write_letter(draft(reader, topic=topic))

    assert Letter.objects.get().recipient == reader


@pytest.mark.parametrize("text", ["Ada\r\nBcc: evil@example.org", "Ada\nSubject: Won!", "Ada\x0b\u2028\x85Lovelace"])
def test_line_breaks_in_what_people_typed_change_nothing(text, server):
    reader = make.user(text)

    letter = compose(
        Draft(
            key="one",
            topic=Topic.APPLICATION,
            to=reader,
            subject=f"Hello {text}",
            template="mark_counts.txt",
            facts={"title": text, "project": text, "comment": text, "link": "https://portal/"},
        )
    )
    letter.save()
    actions_sent = delivery.deliver_due_letters()

    (mail,) = server.received
    assert actions_sent == 1
    assert mail["Bcc"] is None
    assert mail.get_all("Subject") == [letter.subject]
    assert letter.subject.splitlines() == [letter.subject]
    assert text not in letter.text + letter.html


def test_markup_in_what_people_typed_is_text():
    letter = compose(draft(make.user("<b>Ada</b>"), title="<script>alert(1)</script>"))

    assert "<script>" not in letter.html
    assert "<b>Ada" not in letter.html
    assert "<script>alert(1)</script>" in letter.text


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELLED])
def test_a_letter_is_queued_again_as_the_same_letter(client, status):
    letter = make.letter(status=status, tries=12, failure="550 No such person")
    coordinator = make.program_coordinator()
    client.force_login(coordinator)

    page = client.post(reverse("mail:retry", args=[letter.pk]))

    queued, event = Letter.objects.get(), Event.objects.about(letter).get()
    assert page["Location"] == reverse("mail:letter", args=[letter.pk])
    assert (queued.status, queued.tries, queued.failure) == (Status.QUEUED, 0, "")
    assert queued.message_id == letter.message_id
    assert (event.deed, event.actor, event.before) == ("letter_retried", coordinator, {"status": status})


@pytest.mark.parametrize("status", [Status.QUEUED, Status.FAILED])
def test_a_letter_that_is_not_sent_is_cancelled(client, status):
    letter = make.letter(status=status)
    client.force_login(make.program_coordinator())

    client.post(reverse("mail:cancel", args=[letter.pk]))

    assert Letter.objects.get().status == Status.CANCELLED
    assert Event.objects.about(letter).get().deed == "letter_cancelled"


def test_what_is_sent_is_not_taken_back_or_sent_again():
    letter = make.letter()
    Letter.objects.update(status=Status.SENT, sent_at=letter.written_at)
    coordinator = make.program_coordinator()

    with pytest.raises(Refused, match="cannot be cancelled"):
        actions.cancel_letter(letter=letter, by=coordinator)
    with pytest.raises(Refused, match="only a failed or cancelled one"):
        actions.retry_letter(letter=letter, by=coordinator)

    assert Letter.objects.get().status == Status.SENT


@pytest.mark.parametrize(("mails", "readable"), [(True, False), (False, True)])
def test_a_letter_with_a_secret_is_read_only_where_nothing_is_mailed(client, settings, mails, readable):
    settings.MAILS_LETTERS = mails
    letter = make.letter(is_secret=True, text="https://portal/secret", html="<p>https://portal/secret</p>")
    client.force_login(make.program_coordinator())

    page = client.get(reverse("mail:letter", args=[letter.pk]))

    assert page.status_code == 200
    assert ("https://portal/secret" in page.text) == readable


def test_the_outbox_is_filtered_by_status(client):
    failed = make.letter(status=Status.FAILED, failure="550 No such person")
    make.letter()
    client.force_login(make.program_coordinator())

    page = client.get(reverse("mail:outbox"), {"status": "failed"})

    assert list(page.context["page"]) == [failed]
    assert "550 No such person" in page.text
