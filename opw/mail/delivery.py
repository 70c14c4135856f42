"""From the outbox to the mail server: each letter once, whatever is killed, refused or stalled on the way."""

import logging
from datetime import timedelta
from enum import Enum, auto
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from opw.mail.compose import unsubscribe_url
from opw.mail.models import Letter, Topic

logger = logging.getLogger(__name__)

TRIES_AT_MOST = 12
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)


class Attempt(Enum):
    """How one try to send one letter ended."""

    SENT = auto()
    TOO_LATE = auto()
    NOT_TAKEN = auto()
    NO_SERVER = auto()
    NOTHING_DUE = auto()


def deliver_due_letters() -> int:
    """Send every due letter over one connection; the number of letters sent.

    Goes on past a letter that the server does not take, and stops when there is no server: what is still due is found
    by the next sweep.
    """
    connection = get_connection()
    sent = 0
    try:
        while (attempt := _deliver_next(connection)) not in (Attempt.NOTHING_DUE, Attempt.NO_SERVER):
            sent += attempt is Attempt.SENT
    finally:
        connection.close()
    return sent


@transaction.atomic
def _deliver_next(connection: BaseEmailBackend) -> Attempt:
    """Send one letter while its row is locked.

    The one gap that stays: killed between the server's "250" and our commit, the letter goes out again, under the
    same Message-ID.
    """
    now = timezone.now()
    letter = Letter.objects.select_for_update(skip_locked=True).due(now).first()
    if letter is None:
        return Attempt.NOTHING_DUE
    if letter.useful_until and letter.useful_until <= now:
        letter.status, letter.failure = Letter.Status.CANCELLED, "The date it reminds of has passed."
        letter.save(update_fields=["status", "failure"])
        return Attempt.TOO_LATE
    letter.tries += 1
    try:
        connection.send_messages([as_message(letter)])
    except (SMTPException, OSError) as error:
        connection.close()
        attempt = Attempt.NOT_TAKEN if _is_about_the_letter(error) else Attempt.NO_SERVER
        _put_off(letter, error)
    else:
        attempt = Attempt.SENT
        _note_as_sent(letter)
    letter.save(update_fields=["status", "sent_at", "tries", "next_try_at", "failure", "text", "html"])
    return attempt


def _note_as_sent(letter: Letter) -> None:
    letter.status, letter.sent_at, letter.failure = Letter.Status.SENT, timezone.now(), ""
    if letter.is_secret and settings.MAILS_LETTERS:
        letter.text = letter.html = "The link in this letter was for its reader alone; it is not kept."


def as_message(letter: Letter) -> EmailMultiAlternatives:
    """The e-mail of a letter, with the headers that RFC 3834 (automatic) and RFC 8058 (one-click) ask for."""
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    if letter.recipient_id and Topic(letter.topic).may_opt_out:
        headers["List-Unsubscribe"] = f"<{unsubscribe_url(letter.recipient_id, Topic(letter.topic))}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message


def _put_off(letter: Letter, error: Exception) -> None:
    """Try again later, or give up: at once when the server says that it never will take the letter."""
    letter.failure = f"{type(error).__name__}: {error}"[:1000]
    if _is_final(error) or letter.tries >= TRIES_AT_MOST:
        letter.status = Letter.Status.FAILED
    else:
        letter.next_try_at = timezone.now() + min(FIRST_PAUSE * 2 ** (letter.tries - 1), LONGEST_PAUSE)
    logger.warning("Letter %s was not taken: %s", letter.pk, type(error).__name__)


def _is_about_the_letter(error: Exception) -> bool:
    """Whether the server spoke about this letter or its recipient; otherwise there is no server to speak with."""
    answered = (SMTPRecipientsRefused, SMTPResponseException)
    return isinstance(error, answered) and not isinstance(error, SMTPConnectError | SMTPAuthenticationError)


def _is_final(error: Exception) -> bool:
    """Whether the mail server refused this letter for good (a 5xx answer to it or to its recipient)."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, SMTPConnectError | SMTPAuthenticationError):
        return False
    return isinstance(error, SMTPResponseException) and error.smtp_code >= 500
