"""What the worker does at the announcement hour."""

from celery import shared_task
from django.utils import timezone

from mentors import actions


@shared_task
def release_due_rounds() -> None:
    """Release what is sealed and due; asked every few seconds, and done once."""
    actions.release_due_rounds(now=timezone.now())
