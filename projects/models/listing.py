"""Where projects meet rounds: listings, and the public record of those who became their interns."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from opw.communities.models import Community
from opw.rounds.models import Participation, Round
from projects.models.idea import Project


class ListingQuerySet(models.QuerySet["Listing"]):
    def live(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def of_round(self, round: Round | None) -> Self:
        return self.live().filter(participation__round=round)

    def published(self, now: datetime) -> Self:
        """Those of rounds that are published by now; withdrawn ones too, for who began there."""
        return self.filter(participation__round__published_at__lte=now)

    def with_round(self) -> Self:
        return self.select_related("project__community", "participation__round", "participation__community")

    def in_rows(self) -> Self:
        """With all that a row of a list shows of their projects."""
        return self.prefetch_related(models.Prefetch("project", Project.objects.in_rows()))


class Listing(models.Model):
    """A reviewed project offered in a round."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="listings")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="listings")
    interns_wanted = models.PositiveSmallIntegerField(default=1)
    listed_at = models.DateTimeField(default=timezone.now)
    closed_to_newcomers_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True, help_text="Its applicants read it.")
    # An honest band, never an exact count; applications write it down.
    interest = models.CharField(max_length=12, default="0", editable=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["project__title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "participation"], name="one_listing_per_round"),
            models.CheckConstraint(name="listing_wants_an_intern", condition=Q(interns_wanted__gte=1)),
            models.CheckConstraint(
                name="only_withdrawn_listings_say_why",
                condition=Q(withdrawn_because="") | Q(withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} in {self.round}"

    @property
    def round(self) -> Round:
        return self.participation.round

    @property
    def community(self) -> Community:
        return self.participation.community

    @property
    def is_live(self) -> bool:
        return self.withdrawn_at is None

    def is_open(self, now: datetime) -> bool:
        """Whether those who have begun here can go on today."""
        return self.is_live and self.round.applications_open_at <= now < self.round.contributions_close_at

    def is_open_to_newcomers(self, now: datetime) -> bool:
        """Whether somebody may begin here today."""
        return self.is_open(now) and self.closed_to_newcomers_at is None


class Intern(models.Model):
    """The public record of an internship, written down by the release of a round's results."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="interns")
    project = models.ForeignKey(Project, models.PROTECT, related_name="interns")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True, help_text="Empty: she chose not to be named.")

    class Meta:
        ordering = ["project__community__name", "project__title", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_internship_per_round")]

    def __str__(self) -> str:
        return self.name or "An intern"
