"""What the worker does for the outbox."""

from celery import shared_task

from opw.mail import delivery


@shared_task
def deliver_due_letters() -> None:
    """Send what is due; woken by every new letter, and by the sweep every few seconds."""
    delivery.deliver_due_letters()
