"""What somebody typed into an idea's form and has not saved."""

from dataclasses import dataclass
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from opw.accounts.models import User
from projects.models.idea import Project


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened page of an idea's form: what the idea said there, and which version of the draft it knows."""

    seen: dict[str, str]
    version: int
    page: str


class IdeaDraftQuerySet(models.QuerySet["IdeaDraft"]):
    def of(self, writer: User, project: Project) -> Self:
        return self.filter(writer=writer, project=project)

    def known_to(self, opened: Opened) -> Self:
        """As a page knows it: the version it showed, or one that it has saved since itself."""
        return self.filter(Q(version=opened.version) | Q(page=opened.page) & ~Q(page=""))


class IdeaDraft(models.Model):
    """The unsaved text of one part of an idea: its writer's alone, and no revision of the idea."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    part = models.CharField(max_length=20)
    typed = models.JSONField(default=dict, help_text="As it stands in the form, whether it could be saved or not.")
    seen = models.JSONField(default=dict, help_text="What the idea said there when she began.")
    version = models.PositiveIntegerField(default=0, help_text="Grows with every save; a stale one is not saved.")
    page = models.CharField(max_length=40, blank=True, help_text="The opened page it was saved from.")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = IdeaDraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "writer", "part"], name="one_draft_per_part")]

    def __str__(self) -> str:
        return f"{self.writer} on the {self.part} of {self.project}"
