"""What the worker does for applicants."""

from celery import shared_task
from django.utils import timezone

from applications import actions


@shared_task
def write_due_reminders() -> None:
    """Look for reminders that are due."""
    actions.write_due_reminders(now=timezone.now())


@shared_task
def purge_answers() -> None:
    """Delete the answers of rounds that are over, on their day."""
    actions.purge_answers(now=timezone.now())
