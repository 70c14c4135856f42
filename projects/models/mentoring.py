"""How people come to mentor a project, besides writing it: invitations, and offers that were declined."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from opw.accounts.models import Invitation
from projects.models.idea import Project


class MentorInvitation(Invitation):
    """A letter that asks somebody to mentor a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="mentor_invitations")

    class Meta(Invitation.Meta):
        constraints = [
            *Invitation.Meta.constraints,
            models.UniqueConstraint(
                "project", Lower("email"), condition=Q(state="open"), name="one_open_invitation_to_mentor"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("projects:my_invitation", args=[self.pk])

    @property
    def part(self) -> str:
        return f"a mentor of “{self.project}”"

    def get_secret_url(self, token: str) -> str:
        return reverse("projects:invitation", args=[token])

    def get_accepted_url(self) -> str:
        return self.project.get_absolute_url()


class DeclinedOffer(models.Model):
    """An offer to mentor that a coordinator declined, and why; only the person who offered reads it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="declined_offers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    because = models.CharField(max_length=500)
    declined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["declined_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="one_declined_offer_per_person")]

    def __str__(self) -> str:
        return f"{self.user}, not to mentor {self.project}"
