"""What applicants contributed, and what mentors said of it."""

from functools import cached_property
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.links import Link, Subject, check_link, read, read_subject
from applications.models.applying import hers_or_on_the_table_of
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Listing, StarterTask


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def of(self, applicant: User) -> Self:
        return self.filter(applicant=applicant)

    def that_may_count(self) -> Self:
        """Those that count, and those the mentors have not judged."""
        return self.exclude(mark=Contribution.Mark.NEEDS_WORK)

    def with_markings(self) -> Self:
        """With what a row of a list shows."""
        markings = models.Prefetch("markings", Marking.objects.select_related("by"))
        return self.select_related("applicant", "listing__project", "task").prefetch_related(markings)

    def visible_to(self, user: User) -> Self:
        """Her own; and, once recorded, those for the listings that she mentors or coordinates; program's, all."""
        return self.filter(hers_or_on_the_table_of(user))


class Contribution(models.Model):
    """A piece of work with a link, by an applicant, for a listing; with or without an application."""

    class Kind(models.TextChoices):
        PATCH = "patch", "patch"
        CODE_REVIEW = "code_review", "code review"
        BUG_REPORT = "bug_report", "bug report"
        DOCUMENTATION = "documentation", "documentation"
        TRANSLATION = "translation", "translation"
        DESIGN = "design", "design"
        OTHER = "other", "other"

    class Mark(models.TextChoices):
        NONE = "", "not seen yet"
        SEEN = "seen", "seen"
        COUNTS = "counts", "counts"
        NEEDS_WORK = "needs_work", "needs work"

    class LinkState(models.TextChoices):
        OPEN = "open", "open"
        MERGED = "merged", "merged"
        CLOSED = "closed", "closed"

    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+", help_text="The listing's; for the constraint.")
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.PATCH)
    title = models.CharField(max_length=200)
    url = models.URLField("link", max_length=2000, validators=[check_link])
    canonical = models.CharField(max_length=2100, editable=False, help_text="The one form of the link to this work.")
    task = models.ForeignKey(
        StarterTask, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="starter task"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    mark = models.CharField(
        max_length=10, choices=Mark, blank=True, default=Mark.NONE, help_text="The newest marking's."
    )
    # What the link's own host says, where the portal is set to ask.
    link_state = models.CharField(max_length=6, choices=LinkState, blank=True, editable=False)
    link_title = models.CharField(max_length=200, blank=True, editable=False)
    looked_up_at = models.DateTimeField(null=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["applicant", "round", "canonical"], name="one_contribution_per_link")
        ]
        indexes = [models.Index(fields=["canonical"], name="contribution_canonical")]  # who else recorded this link

    def __str__(self) -> str:
        return self.title

    @cached_property
    def link(self) -> Link:
        """What the link says of the work."""
        return read(self.url)

    @cached_property
    def subject(self) -> Subject:
        """What its title says of its place in a series and among revisions."""
        return read_subject(self.title)


class Marking(models.Model):
    """What a mentor said of a contribution at one moment; all of them together show how the work went on."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="markings")
    mark = models.CharField(max_length=10, choices=[choice for choice in Contribution.Mark.choices if choice[0]])
    comment = models.TextField(blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(name="a_marking_has_a_mark", condition=~Q(mark=""))]

    def __str__(self) -> str:
        return f"{self.contribution}: {self.get_mark_display()}"
