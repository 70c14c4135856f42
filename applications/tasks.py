"""What the worker does for applicants."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from applications import actions
from opw.fetch import Fetcher


@shared_task
def write_due_reminders() -> None:
    """Look for reminders that are due."""
    actions.write_due_reminders(now=timezone.now())


@shared_task
def purge_answers() -> None:
    """Delete the answers of rounds that are over, on their day."""
    actions.purge_answers(now=timezone.now())


@shared_task(soft_time_limit=30, time_limit=60)
def look_up_due_links() -> None:
    """Ask forges how the work behind due links stands, where this portal is set to."""
    if settings.LOOK_UP_LINKS:
        fetcher = Fetcher(agent=f"OPW portal ({settings.SITE_URL})")
        actions.look_up_due_links(fetcher=fetcher, now=timezone.now())
