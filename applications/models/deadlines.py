"""How people want to be told of their deadlines."""

from typing import Self

from django.conf import settings
from django.db import models

from opw.accounts.models import User


def three_days_before() -> list[int]:
    return [72]


class DeadlineSettings(models.Model):
    """How one person is told of her deadlines: when before them by letter, and where her calendar lies."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    hours_before = models.JSONField(default=three_days_before, help_text="When before a deadline; none is never.")
    calendar_number = models.PositiveIntegerField(default=1, help_text="Counts its addresses; the last one is good.")

    def __str__(self) -> str:
        return f"reminders and calendar of {self.person}"

    @classmethod
    def of(cls, person: User) -> Self:
        """Hers, or what holds for who never chose."""
        return cls.objects.filter(person=person).first() or cls(person=person)
