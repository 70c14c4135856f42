"""What an applicant and a listing's mentors say to each other."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from applications.models.applying import hers_or_on_the_table_of
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Listing


class MessageQuerySet(models.QuerySet["Message"]):
    def between(self, applicant: User, listing: Listing) -> Self:
        """The thread of this applicant with this listing's mentors."""
        return self.filter(applicant=applicant, listing=listing)

    def of_round(self, round: Round) -> Self:
        return self.filter(listing__participation__round=round)

    def visible_to(self, user: User) -> Self:
        """Her own threads; and those of the listings that she mentors or coordinates; program's, all."""
        return self.filter(hers_or_on_the_table_of(user))


class Message(models.Model):
    """Words to or from an applicant: she, the listing's mentors and the coordinators read them.

    Comments, which she never reads, are another model on another floor.
    """

    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField(max_length=5000)
    is_elsewhere = models.BooleanField(default=False, help_text="It says where else the applicant made contact.")
    at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["listing", "applicant", "at"], name="message_thread")]
        constraints = [
            models.CheckConstraint(
                name="contact_elsewhere_is_her_word", condition=Q(is_elsewhere=False) | Q(author=F("applicant"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.author} on {self.listing}"

    @property
    def is_hers(self) -> bool:
        return self.author_id == self.applicant_id
