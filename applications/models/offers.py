"""A place as an intern, offered to who was accepted; she says by a day whether she takes it."""

from datetime import UTC, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from applications.models.applying import Application
from opw.accounts.models import User
from opw.rounds.models import Round

# An answer that came in time may still be on its way through a busy portal when the offer's time is over.
ON_ITS_WAY = timedelta(minutes=5)


class OfferQuerySet(models.QuerySet["Offer"]):
    def of(self, applicant: User) -> Self:
        return self.filter(application__applicant=applicant)

    def with_application(self) -> Self:
        return self.select_related(
            "application__applicant", "application__listing__project__community",
            "application__listing__participation__round", "application__listing__participation__community",
        )  # fmt: skip

    def of_round(self, round: Round) -> Self:
        return self.filter(application__listing__participation__round=round)

    def unanswered(self) -> Self:
        return self.filter(status=Offer.Status.OPEN)

    def open(self, now: datetime) -> Self:
        """Those that can still be answered."""
        return self.unanswered().filter(answer_by_at__gt=now)

    def lapsing(self, now: datetime) -> Self:
        """Those whose time is over, and that no answer in time can reach any more."""
        return self.unanswered().filter(answer_by_at__lte=now - ON_ITS_WAY)

    def ended(self) -> Self:
        """Those whose place is free for somebody else."""
        return self.filter(status__in=[Offer.Status.DECLINED, Offer.Status.LAPSED, Offer.Status.TAKEN_BACK])


class Offer(models.Model):
    """Written by the release, and when a place comes free for somebody who waits: never before."""

    class Status(models.TextChoices):
        OPEN = "open", "not answered yet"
        CONFIRMED = "confirmed", "confirmed"
        DECLINED = "declined", "declined"
        LAPSED = "lapsed", "lapsed"
        TAKEN_BACK = "taken_back", "taken back"

    application = models.OneToOneField(Application, models.PROTECT, related_name="offer")
    made_at = models.DateTimeField()
    answer_by_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    answered_at = models.DateTimeField(null=True, help_text="Or when her place was ended for her.")
    reason = models.CharField(max_length=1000, blank=True, help_text="Why she has no place, by whoever ended it.")
    extended_because = models.CharField(max_length=500, blank=True, help_text="Why it stays open longer.")

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="offers_leave_time", condition=Q(answer_by_at__gt=F("made_at"))),
            models.CheckConstraint(
                name="offers_know_when_they_were_answered",
                condition=Q(status__in=["open", "lapsed"], answered_at__isnull=True)
                | Q(status__in=["confirmed", "declined", "taken_back"], answered_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["answer_by_at"], condition=Q(status="open"), name="offer_open")]

    def __str__(self) -> str:
        return f"{self.application} ({self.get_status_display()})"

    def is_open(self, now: datetime) -> bool:
        """Whether an answer that arrives now is in time."""
        return self.status == self.Status.OPEN and now < self.answer_by_at

    def state(self, now: datetime) -> "Offer.Status":
        """Its status, which an offer has lost by its time before anything is written down."""
        if self.status == self.Status.OPEN and not self.is_open(now):
            return self.Status.LAPSED
        return self.Status(self.status)


def answer_by(of_round: Round, made_at: datetime) -> datetime:
    """By when an offer of this moment is to be answered.

    As the schedule says. One that is made days after the announcement has as many days more, to the same hour, until
    the internship's first day at the latest; and a day in any case.
    """
    scheduled = of_round.offers_answered_by_at.astimezone(UTC)
    later = round((made_at - of_round.announcement_at) / timedelta(days=1))
    at_most = (of_round.internship_starts_on - scheduled.date()).days
    return max(scheduled + timedelta(days=max(0, min(later, at_most))), made_at + timedelta(days=1))
