"""In which order each mentor would take a listing's applicants."""

from django.conf import settings
from django.db import models

from applications.models import Application
from projects.models import Listing


class OrderOfPreference(models.Model):
    """One mentor's own order of a listing's applicants; it counts, and shows to others, once she has given it."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="+")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "orders of preference"
        constraints = [models.UniqueConstraint(fields=["listing", "mentor"], name="one_order_per_mentor")]

    def __str__(self) -> str:
        return f"{self.mentor}'s order for {self.listing}"


class Move(models.TextChoices):
    """What a mentor can do with an application in her order."""

    FIRST = "first", "Put first"
    UP = "up", "Move up"
    DOWN = "down", "Move down"
    LAST = "last", "Put last"
    OUT = "out", "Take out"


class Preference(models.Model):
    """An application's place in an order; who has none is not placed yet.

    Places of applications that the mentor no longer sees stay, so that who comes back finds hers.
    """

    order = models.ForeignKey(OrderOfPreference, models.CASCADE, related_name="preferences")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "application"], name="one_preference_per_application"),
            models.UniqueConstraint(fields=["order", "position"], name="one_preference_per_position"),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.position}"
