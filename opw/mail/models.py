"""The outbox: every letter the portal writes, from the moment that causes it until it is sent."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class Topic(models.TextChoices):
    """What a letter is about. One can opt out of reminders and news, never of what one must know."""

    ACCOUNT = "account", "account"
    APPLICATION = "application", "my application"
    RESULT = "result", "result"
    REVIEW = "review", "project ideas and their review"
    REMINDER = "reminder", "reminders"
    MESSAGE = "message", "messages"
    ROUND = "round", "running a round"

    @property
    def may_opt_out(self) -> bool:
        return self in (Topic.REMINDER, Topic.REVIEW, Topic.MESSAGE)


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, now: datetime) -> Self:
        """Queued letters whose next try has come, oldest first."""
        return self.filter(status=Letter.Status.QUEUED, next_try_at__lte=now).order_by("next_try_at", "pk")

    def not_withheld_from(self, reader_id: int) -> Self:
        """Those that are neither to nor about somebody whose letters this person may not read."""
        people = Withheld.objects.filter(reader=reader_id).values("about")
        return self.exclude(recipient__in=people).exclude(about__in=people)


class Letter(models.Model):
    """One e-mail to one person."""

    class Status(models.TextChoices):
        QUEUED = "queued", "queued"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"
        CANCELLED = "cancelled", "cancelled"

    key = models.CharField(max_length=200, unique=True, help_text="What makes this letter one and the same.")
    message_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    topic = models.CharField(max_length=20, choices=Topic)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    to = models.EmailField(max_length=254)
    about = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Whom it names, if not its reader.",
    )
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    is_secret = models.BooleanField(
        default=False, help_text="Holds a link that signs somebody in or confirms an address."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    written_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    useful_until = models.DateTimeField(null=True, help_text="A reminder of a date that has passed is not sent.")
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(fields=["next_try_at", "id"], condition=models.Q(status="queued"), name="letter_due"),
            models.Index(fields=["-written_at", "-id"], name="letter_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="letter_is_sent_when_it_was",
                condition=models.Q(status="sent", sent_at__isnull=False)
                | (~models.Q(status="sent") & models.Q(sent_at__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.status})"

    @property
    def message_id(self) -> str:
        """The same at every try, so that a repeated letter is recognised as the one it repeats."""
        return f"<{self.message_uuid}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


class Withheld(models.Model):
    """One person must not read the letters to and about another one; a floor above knows why, and writes it down."""

    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name_plural = "withheld"
        constraints = [models.UniqueConstraint(fields=["reader", "about"], name="withheld_once")]

    def __str__(self) -> str:
        return f"letters about {self.about} are withheld from {self.reader}"


class OptOut(models.Model):
    """A person wants no letters on one topic."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20, choices=Topic)
    opted_out_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "topic"], name="one_opt_out_per_topic")]

    def __str__(self) -> str:
        return f"no {self.topic}"
