"""A round's results, frozen before they are announced."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from opw.rounds.models import Round
from opw.times import LATE


class SealQuerySet(models.QuerySet["Seal"]):
    def standing(self) -> Self:
        return self.filter(broken_at__isnull=True)

    def stands_on(self, round: Round) -> bool:
        """Whether a round's results are sealed."""
        return self.standing().filter(round=round).exists()


class Seal(models.Model):
    """A round's results, frozen: what will be released at the announcement hour, and nothing else."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    results = models.JSONField(help_text="Each application's outcome, in the order of its number.")
    sha256 = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    broken_because = models.CharField(max_length=300, blank=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["-sealed_at"]
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(broken_at__isnull=True), name="one_seal_per_round"),
            models.CheckConstraint(
                name="nobody_approves_her_own_seal",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_at__isnull=False) & Q(approved_by__isnull=False) & ~Q(approved_by=F("sealed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"the sealed results of {self.round}"

    @property
    def waits_for_approval(self) -> bool:
        return self.round.seal_needs_approval and self.approved_at is None

    @property
    def why_late(self) -> str:
        """Why what it froze came out after the announcement hour; nothing when it came in time."""
        hour, released_at = self.round.announcement_at, self.round.released_at
        if released_at is None or released_at - hour < LATE:
            return ""
        ready_at = max(hour, self.sealed_at, self.approved_at or hour)
        reasons = {
            "the results were sealed after the hour": self.sealed_at > hour,
            "they were approved after the hour": self.approved_at is not None and self.approved_at > hour,
            "the portal was away": released_at - ready_at >= LATE,
        }
        return ", and ".join(reason for reason, holds in reasons.items() if holds)
