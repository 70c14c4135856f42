"""What the worker does at the announcement hour, and after it."""

from celery import shared_task
from django.utils import timezone

from mentors import actions


@shared_task
def release_due_rounds() -> None:
    """Release what is sealed and due; asked every few seconds, and done once."""
    actions.release_due_rounds(now=timezone.now())


@shared_task
def break_changed_seals() -> None:
    """Break a seal whose results no longer hold; asked every minute, so that nobody learns of it at the release."""
    actions.break_changed_seals()


@shared_task
def pass_on_free_places() -> None:
    """Let offers lapse whose time is over, and offer what is free to who waits; asked every minute, and done once."""
    actions.pass_on_free_places(now=timezone.now())
