"""Choosing interns: selections, the waiting list, and the deed that decides all others."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.models import Application, InitialApplication
from opw.rounds.models import Participation, Round, Slot
from projects.models import Listing


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
            models.UniqueConstraint(
                fields=["participation", "position"],
                name="one_waiting_place_per_position",
                deferrable=models.Deferrable.DEFERRED,  # all of them change places
            )
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


class TakenBack(models.Model):
    """A decision that was taken back, and why: the words, which the audit trail does not keep."""

    class Decision(models.TextChoices):
        PROPOSAL = "proposal", "proposed"
        CONFIRMATION = "confirmation", "confirmed"
        WAITING = "waiting", "on the waiting list"
        REST = "rest", "the rest are not accepted"

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, models.CASCADE, null=True, related_name="+")
    decision = models.CharField(max_length=12, choices=Decision)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "taken back"
        constraints = [
            models.CheckConstraint(
                name="the_rest_is_a_listings_the_others_an_applications",
                condition=Q(decision="rest", application__isnull=True)
                | ~Q(decision="rest") & Q(application__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}, taken back by {self.by}"
