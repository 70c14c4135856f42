"""What mentors say of applications: how far they have read, ratings, comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from applications.models import Application


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
