"""What happens to letters between the deed that causes them and the mail server."""

import logging
from collections.abc import Collection, Iterable

from celery import current_app
from django.db import models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from opw.audit.models import record
from opw.errors import Refused
from opw.mail.compose import Draft, compose
from opw.mail.models import Letter, OptOut, Topic, Withheld

EMPTIED = "What this letter said is deleted, together with what it was about."
logger = logging.getLogger(__name__)


def write_letter(draft: Draft) -> None:
    """Put one letter into the outbox, in the caller's transaction; see write_letters."""
    write_letters([draft])


@transaction.atomic
def write_letters(drafts: Iterable[Draft]) -> None:
    """Put letters into the outbox, in the caller's transaction, and wake the worker when that commits.

    A letter whose key is in the outbox already is not written again, and nobody gets what she opted out of.
    """
    wanted = _without_opted_out(list(drafts))
    post([compose(draft) for draft in wanted])


@transaction.atomic
def post(letters: list[Letter]) -> None:
    """Save composed letters, each key once, and wake the worker."""
    Letter.objects.bulk_create(letters, ignore_conflicts=True, batch_size=500)
    if letters:
        _wake_on_commit()


def _wake_on_commit() -> None:
    """Wake the worker when the transaction commits: once, however many letters it writes."""
    hooks = [hook for _, hook, _ in transaction.get_connection().run_on_commit]
    if wake_worker not in hooks:
        transaction.on_commit(wake_worker, robust=True)


def wake_worker() -> None:
    """Ask a worker to look at the outbox now. When the broker is away, the next sweep finds the letters."""
    try:
        current_app.send_task("opw.mail.tasks.deliver_due_letters", retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("No broker to wake a worker with; the sweep will send. (%s)", error)


def withhold_letters(*, reader: models.Model, about: models.Model) -> None:
    """From now on this person reads nothing in the outbox that is to or about another one."""
    Withheld.objects.get_or_create(reader_id=reader.pk, about_id=about.pk)


@transaction.atomic
def retry_letter(*, letter: Letter, by: models.Model) -> None:
    """Queue a failed or cancelled letter again, as the same letter.

    Raises Refused for one that is queued or sent.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.status not in (Letter.Status.FAILED, Letter.Status.CANCELLED):
        raise Refused(
            f"This letter is {letter.get_status_display()}; only a failed or cancelled one can be tried again."
        )
    record("letter_retried", letter, by=by, before={"status": letter.status})
    letter.status, letter.tries, letter.failure, letter.next_try_at = Letter.Status.QUEUED, 0, "", timezone.now()
    letter.save(update_fields=["status", "tries", "failure", "next_try_at"])
    _wake_on_commit()


@transaction.atomic
def cancel_letter(*, letter: Letter, by: models.Model) -> None:
    """Keep a letter that is not sent yet from being sent.

    Raises Refused when it has been sent, which nothing takes back.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.status not in (Letter.Status.QUEUED, Letter.Status.FAILED):
        raise Refused(f"This letter is {letter.get_status_display()}; it cannot be cancelled.")
    record("letter_cancelled", letter, by=by, before={"status": letter.status})
    letter.status = Letter.Status.CANCELLED
    letter.save(update_fields=["status"])


@transaction.atomic
def empty_letters(numbers: Collection[int]) -> None:
    """Delete the words of these letters, on the day for it; what was not sent by then never will be."""
    letters = Letter.objects.filter(pk__in=numbers)
    letters.filter(status=Letter.Status.QUEUED).update(status=Letter.Status.CANCELLED)
    letters.update(text=EMPTIED, html=EMPTIED)


@transaction.atomic
def opt_out(*, person_id: int, topic: Topic) -> None:
    """Write this person no more letters on a topic.

    Raises Refused for a topic that one must hear of.
    """
    if not topic.may_opt_out:
        raise Refused("These letters say what you must know about your application; they cannot be ended.")
    OptOut.objects.get_or_create(person_id=person_id, topic=topic)


@transaction.atomic
def opt_in(*, person_id: int, topic: Topic) -> None:
    """Write this person letters on a topic again."""
    OptOut.objects.filter(person=person_id, topic=topic).delete()


def still_to_write(drafts: list[Draft]) -> list[Draft]:
    """Those that are not in the outbox yet, and whose readers have not opted out of them."""
    keys = [draft.key for draft in drafts]
    written = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    return _without_opted_out([draft for draft in drafts if draft.key not in written])


def _without_opted_out(drafts: list[Draft]) -> list[Draft]:
    asked = {draft.to.pk for draft in drafts if draft.topic.may_opt_out}
    ended = set(OptOut.objects.filter(person__in=asked).values_list("person", "topic")) if asked else set()
    return [draft for draft in drafts if (draft.to.pk, draft.topic) not in ended]
