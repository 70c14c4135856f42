"""What the worker does for project ideas."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from opw.fetch import Fetcher
from projects import actions


@shared_task(soft_time_limit=30, time_limit=60)
def look_up_due_references() -> None:
    """Look whether the links in references still lead somewhere, where this portal is set to."""
    if settings.LOOK_UP_LINKS:
        fetcher = Fetcher(agent=f"OPW portal ({settings.SITE_URL})")
        actions.look_up_due_references(fetcher=fetcher, now=timezone.now())
