"""The other side of the table: ratings, comments, selections, waiting lists and sealed results.

Nothing below may know of this floor before the release writes results down: every foreign key that points down is
``related_name="+"``.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.models import Application, InitialApplication
from opw.rounds.models import Participation, Round, Slot
from projects.models import Listing


class Rating(models.Model):
    """One mentor's private score and reasons for one application."""

    class Score(models.IntegerChoices):
        NOT_YET = 1, "1: not ready for this project"
        DOUBTFUL = 2, "2: doubtful"
        POSSIBLE = 3, "3: possible, with much help"
        GOOD = 4, "4: good"
        EXCELLENT = 5, "5: excellent"

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(choices=Score)
    reasons = models.TextField(max_length=5000)
    rated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["rated_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "mentor"], name="one_rating_per_mentor"),
            models.CheckConstraint(name="rating_is_1_to_5", condition=Q(score__gte=1, score__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.mentor}: {self.score}"


class Reading(models.Model):
    """Up to which moment a mentor or coordinator has read an application, by her own word: looking changes nothing."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    up_to = models.DateTimeField(help_text="When the revision that she read was submitted.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "reader"], name="one_reading_per_reader")]

    def __str__(self) -> str:
        return f"{self.reader} read {self.application}"


class Comment(models.Model):
    """Words among a listing's mentors and the coordinators; never shown to the applicant."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField(max_length=5000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.author} on {self.application}"


class SelectionQuerySet(models.QuerySet["Selection"]):
    def live(self) -> Self:
        """Those whose applicant has not withdrawn."""
        return self.exclude(application__status=Application.Status.WITHDRAWN)

    def confirmed(self) -> Self:
        return self.filter(slot__isnull=False)

    def of(self, participation: Participation) -> Self:
        return self.filter(application__listing__participation=participation)

    def of_round(self, round: Round) -> Self:
        return self.filter(application__listing__participation__round=round)

    def in_conflict_with(self, selection: "Selection") -> Self:
        """Other live proposals for the same person in the same round."""
        return (
            self.live()
            .filter(initial_application=selection.initial_application_id)
            .exclude(pk=selection.pk)
        )  # fmt: skip


class Selection(models.Model):
    """A listing's choice of intern; only its mentors and coordinators know it until the release."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="+")
    initial_application = models.ForeignKey(InitialApplication, models.PROTECT, related_name="+")
    slot = models.OneToOneField(Slot, models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    reasons = models.TextField(max_length=5000)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initial_application"],
                condition=Q(slot__isnull=False),
                name="one_confirmed_selection_per_person_and_round",
            ),
            models.CheckConstraint(
                name="confirmed_selections_know_by_whom",
                condition=Q(slot__isnull=True, confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(slot__isnull=False, confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} ({'confirmed' if self.slot_id else 'proposed'})"

    @property
    def round(self) -> Round:
        return self.application.round

    @property
    def is_confirmed(self) -> bool:
        return self.slot_id is not None


class WaitingPlace(models.Model):
    """An applicant's place on a participation's waiting list; its number is never shown to her."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="+")
    application = models.OneToOneField(Application, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "position"], name="one_waiting_place_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.application} waits"


class RestNotAccepted(models.Model):
    """The deed that decides all of a listing's applications that were neither selected nor put on the waiting list."""

    listing = models.OneToOneField(Listing, models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "rest not accepted"

    def __str__(self) -> str:
        return f"the rest of {self.listing} are not accepted"


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
