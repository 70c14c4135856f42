"""A round's results, frozen before they are announced."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from opw.rounds.models import Round


class SealQuerySet(models.QuerySet["Seal"]):
    def standing(self) -> Self:
        return self.filter(broken_at__isnull=True)


class Seal(models.Model):
    """A round's results, frozen: what will be released at the announcement hour, and nothing else."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    results = models.JSONField(help_text="Each application's outcome, in the order of its number.")
    sha256 = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField(default=timezone.now)
    broken_at = models.DateTimeField(null=True)
    broken_because = models.CharField(max_length=300, blank=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["-sealed_at"]
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(broken_at__isnull=True), name="one_seal_per_round")
        ]

    def __str__(self) -> str:
        return f"the sealed results of {self.round}"
