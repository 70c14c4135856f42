"""A page on its way into the portal."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from opw.communities.models import Community

KEPT_FOR = timedelta(days=7)


class BroughtPageQuerySet(models.QuerySet["BroughtPage"]):
    def expired(self, now: datetime) -> Self:
        return self.filter(brought_at__lte=now - KEPT_FOR)

    def kept(self, now: datetime) -> Self:
        return self.filter(brought_at__gt=now - KEPT_FOR)


class BroughtPage(models.Model):
    """A page that a coordinator brought, and what its dry run found: kept until she has chosen what to import of it."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.TextField()
    is_reviewed = models.BooleanField(default=False)
    findings = models.JSONField(default=dict)
    brought_at = models.DateTimeField(default=timezone.now)

    objects = BroughtPageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "by"], name="one_brought_page_per_person")]

    def __str__(self) -> str:
        return f"a page for {self.community}"

    @property
    def kept_until(self) -> datetime:
        return self.brought_at + KEPT_FOR
