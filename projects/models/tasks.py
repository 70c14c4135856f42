"""Starter tasks: bite-size work that a mentor offers to newcomers, claimed by one person at a time."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from opw.accounts.models import User
from opw.rounds.models import Round

CLAIM_LASTS = timedelta(days=7)


class StarterTaskQuerySet(models.QuerySet["StarterTask"]):
    def offered(self) -> Self:
        """Neither done nor put away."""
        return self.filter(done_at__isnull=True, retired_at__isnull=True)

    def held(self, now: datetime) -> Self:
        """Those that somebody's claim keeps from others at this moment."""
        return self.filter(renewed_at__gt=now - CLAIM_LASTS)

    def free(self, now: datetime) -> Self:
        """Those that a newcomer can claim at this moment."""
        return self.offered().filter(Q(renewed_at__isnull=True) | Q(renewed_at__lte=now - CLAIM_LASTS))

    def held_by(self, person: User, now: datetime) -> Self:
        return self.held(now).filter(claimed_by=person)

    def open_to(self, person: User, now: datetime) -> Self:
        """Those she may be working on: the ones she holds, and the free ones."""
        return self.held_by(person, now) | self.free(now)

    def of_round(self, round: Round | None) -> Self:
        """Those of the projects that a round offers."""
        return self.filter(project__listings__participation__round=round, project__listings__withdrawn_at__isnull=True)


class StarterTask(models.Model):
    """A bite-size work item of a project. Whether a claim still holds is asked of the clock, never stored."""

    class Size(models.TextChoices):
        AFTERNOON = "afternoon", "an afternoon"
        DAY = "day", "a day"
        DAYS = "days", "several days"

    class State(models.TextChoices):
        FREE = "free", "free"
        TAKEN = "taken", "taken"
        DONE = "done", "done"
        RETIRED = "retired", "retired"

    project = models.ForeignKey("projects.Project", models.CASCADE, related_name="starter_tasks")
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=2000, validators=[URLValidator(schemes=["http", "https"])])
    description = models.TextField(blank=True, max_length=2_000)
    size = models.CharField(max_length=10, choices=Size, default=Size.AFTERNOON)
    offered_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True, help_text="The claim's last sign of life; it lasts from here.")
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects = StarterTaskQuerySet.as_manager()

    class Meta:
        ordering = ["offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "claimed_by"], name="one_claimed_task_per_person"),
            models.CheckConstraint(
                name="task_claimed_by_whom_and_when",
                condition=Q(claimed_by__isnull=True, claimed_at__isnull=True, renewed_at__isnull=True)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False, renewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="task_done_by_whom_and_when",
                condition=Q(done_by__isnull=True, done_at__isnull=True)
                | Q(done_by__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_holds_a_task_that_is_over",
                condition=Q(claimed_by__isnull=True) | Q(done_at__isnull=True, retired_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def held_until(self) -> datetime | None:
        """When the claim ends, or ended; renewed by activity."""
        return self.renewed_at + CLAIM_LASTS if self.renewed_at else None

    def is_held(self, now: datetime) -> bool:
        return self.held_until is not None and now < self.held_until

    def state_at(self, now: datetime) -> State:
        """How the task stands at this moment."""
        if self.retired_at:
            return self.State.RETIRED
        if self.done_at:
            return self.State.DONE
        return self.State.TAKEN if self.is_held(now) else self.State.FREE


def free_tasks_of(project: str) -> Coalesce:
    """Counts, for each row, the free starter tasks of the project to which a field of the row leads."""
    return count_of(StarterTask.objects.filter(project=OuterRef(project)).free(timezone.now()))


def count_of(rows: models.QuerySet[Any]) -> Coalesce:
    """The number of rows of a correlated query, 0 for none."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
