"""Reminders before the application deadline, found by looking, never queued ahead."""

from datetime import datetime, timedelta

from applications import emails
from applications.models import Application
from opw.mail.actions import write_letters
from opw.mail.compose import Draft
from opw.mail.models import Letter
from opw.rounds.models import Deadline, Deadlines, Round

REMIND_BEFORE = timedelta(days=3)


def write_due_reminders(now: datetime) -> None:
    """Remind whoever has an unsubmitted application and less than three days left; once for each deadline.

    Somebody whose deadline was moved is reminded of the new one. Nobody is reminded of a date that has passed.
    """
    for round in Round.objects.filter(applications_open_at__lte=now, selection_closes_at__gt=now):
        deadlines = Deadlines(round)
        drafts = Application.objects.of_round(round).filter(status=Application.Status.DRAFT).with_listing()
        due = [
            emails.reminder(application, deadline)
            for application in drafts.filter(listing__withdrawn_at__isnull=True)
            if now
            < (deadline := deadlines.of(Deadline.APPLICATIONS, application.community, application.applicant))
            <= now + REMIND_BEFORE
        ]
        write_letters(_not_written_yet(due))


def _not_written_yet(drafts: list[Draft]) -> list[Draft]:
    written = set(Letter.objects.filter(key__in=[draft.key for draft in drafts]).values_list("key", flat=True))
    return [draft for draft in drafts if draft.key not in written]
