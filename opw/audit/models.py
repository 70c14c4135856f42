"""The audit trail: who did what, on what, when, from what to what. Append-only, held by a database trigger."""

from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> Self:
        """The events whose subject is this object."""
        return self.filter(subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk)


class Event(models.Model):
    """One deed. Holds facts, never text that people typed."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    deed = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Nobody: the portal itself."
    )
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    # A number, not a foreign key: rounds stand on a floor above. Set on decisions, private until the release.
    round_id = models.BigIntegerField(null=True, db_index=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.deed} at {self.at:%Y-%m-%d %H:%M} UTC"


def record(
    deed: str,
    subject: models.Model,
    *,
    by: models.Model | None,
    round: models.Model | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Event:
    """Write one event, in the transaction of the action that calls.

    ``by`` is None when the portal acts by itself (a deadline, the release); ``round`` is given for decisions.
    """
    return Event.objects.create(
        deed=deed,
        actor_id=by.pk if by else None,
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        round_id=round.pk if round else None,
        before=before or {},
        after=after or {},
    )
