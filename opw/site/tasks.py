"""Signs of life: beat asks for one, the worker gives it."""

from celery import shared_task

from opw.site import health


@shared_task
def heartbeat() -> None:
    """Note that beat asked and a worker answered."""
    health.note_heartbeat()
