"""Peer review: points on the sections of an idea, the threads under them, and approvals of a revision."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from projects.models.idea import SECTIONS, Project


class ReviewPointQuerySet(models.QuerySet["ReviewPoint"]):
    def unresolved(self) -> Self:
        return self.filter(resolved_at__isnull=True)


class Signed(models.Model):
    """Words with their author and moment; authors from a wiki page are kept by name and never matched to accounts."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    body = models.TextField(max_length=10_000)
    at = models.DateTimeField(default=timezone.now)
    import_key = models.CharField(max_length=64, blank=True, editable=False)  # recognises a wiki's comment

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The author's name as far as one is known; never her address."""
        return self.author.name if self.author else self.author_name

    @property
    def signature(self) -> str:
        return str(self.author) if self.author else self.author_name or "somebody on the wiki"


class ReviewPoint(Signed):
    """One remark of a peer review, on one section of an idea or on the whole of it."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        ANSWERED = "answered", "answered"
        RESOLVED = "resolved", "resolved"

    project = models.ForeignKey(Project, models.CASCADE, related_name="points")
    section = models.CharField(max_length=20, choices=list(SECTIONS.items()), blank=True)
    answered_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_by_name = models.CharField(max_length=200, blank=True)  # kept as an import's authors are
    resolved_because = models.CharField(max_length=500, blank=True)

    objects = ReviewPointQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="resolved_points_know_by_whom",
                condition=Q(resolved_at__isnull=True) | Q(resolved_by__isnull=False) | ~Q(import_key=""),
            ),
            models.UniqueConstraint(
                fields=["project", "import_key"], condition=~Q(import_key=""), name="one_point_per_comment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signature} on {self.get_section_display() or 'the whole idea'}"

    @property
    def resolver(self) -> str:
        return str(self.resolved_by) if self.resolved_by else self.resolved_by_name or "somebody on the wiki"

    @property
    def state(self) -> State:
        if self.resolved_at:
            return self.State.RESOLVED
        return self.State.ANSWERED if self.answered_at else self.State.OPEN


class PointReply(Signed):
    """An answer in the thread of a review point."""

    point = models.ForeignKey(ReviewPoint, models.CASCADE, related_name="replies")

    class Meta:
        ordering = ["at", "pk"]
        verbose_name_plural = "point replies"
        constraints = [
            models.UniqueConstraint(
                fields=["point", "import_key"], condition=~Q(import_key=""), name="one_reply_per_comment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.signature} in reply to {self.point.signature}"


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Approval(models.Model):
    """A maintainer's yes to one revision of an idea; a material edit ends it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="approvals")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_import = models.BooleanField(default=False, help_text="The wiki page already counted it as reviewed.")
    approved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["approved_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "revision", "by"], name="one_approval_per_revision"),
            models.CheckConstraint(name="approvals_are_by_somebody", condition=Q(by__isnull=False) ^ Q(by_import=True)),
        ]

    def __str__(self) -> str:
        return f"{self.by or 'an import'} approved revision {self.revision}"
