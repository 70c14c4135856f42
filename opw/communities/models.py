"""Communities: the free-software projects that take part, their people, and where to meet them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from opw.accounts.models import Invitation, User
from opw.overtaking import in_words


class Role(models.TextChoices):
    """What somebody is to a community, or to the program."""

    MAINTAINER = "maintainer", "maintainer"
    COORDINATOR = "coordinator", "coordinator"
    PROGRAM = "program", "program coordinator"


def as_lines(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(" · ".join(words for words in row if words) for row in rows)


def coordinated_by(user: User) -> list[int] | QuerySet[Any, int]:
    """The numbers of the communities she coordinates; who reads a page comes with them, of others they are asked."""
    if user.roles:
        return user.roles["coordinates"]
    return Community.coordinators.through.objects.filter(user=user).values_list("community", flat=True)


class Community(models.Model):
    """A free-software project that takes part: maintainers review its ideas, coordinators run its part of a round."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100, unique=True)
    summary = models.CharField(max_length=300, help_text="One sentence: what the software is for.")
    description = models.TextField(blank=True, help_text="Markdown.")
    website = models.URLField(blank=True)
    coordinators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    maintainers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "communities"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:detail", args=[self.slug])

    @property
    def said(self) -> dict[str, str]:
        """What its page says, and the rows of its lists, a line each."""
        lists = {
            "where_to_meet": as_lines(self.channels.values_list("name", "url", "purpose")),
            "for_newcomers": as_lines(self.resources.values_list("title", "url")),
        }
        return in_words(self, ["name", "summary", "description", "website"]) | lists

    def is_coordinated_by(self, user: User) -> bool:
        return self.pk in user.roles["coordinates"] if user.roles else self.coordinators.contains(user)

    def is_maintained_by(self, user: User) -> bool:
        return self.pk in user.roles["maintains"] if user.roles else self.maintainers.contains(user)

    def people(self, role: Role) -> Any:
        """Its coordinators or its maintainers."""
        return {Role.COORDINATOR: self.coordinators, Role.MAINTAINER: self.maintainers}[role]


class Channel(models.Model):
    """A place where the community talks: a mailing list, a chat room."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="channels")
    name = models.CharField(max_length=100)
    url = models.URLField(blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """Something for newcomers to read."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="resources")
    title = models.CharField(max_length=200)
    url = models.URLField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class RoleInvitation(Invitation):
    """A letter that offers a role in a community, or in the program, which is no community's."""

    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="role_invitations")
    role = models.CharField(max_length=12, choices=Role)

    class Meta(Invitation.Meta):
        constraints = [
            *Invitation.Meta.constraints,
            models.UniqueConstraint(
                "community", "role", Lower("email"), condition=Q(state="open"), nulls_distinct=False,
                name="one_open_invitation_to_a_role",
            ),
            models.CheckConstraint(
                name="program_coordinators_are_of_no_community",
                condition=Q(role="program", community__isnull=True)
                | (~Q(role="program") & Q(community__isnull=False)),
            ),
        ]  # fmt: skip

    def get_absolute_url(self) -> str:
        return reverse("communities:my_invitation", args=[self.pk])

    @property
    def part(self) -> str:
        label = Role(self.role).label
        return f"a {label} of {self.community}" if self.community else f"a {label}"

    def get_secret_url(self, token: str) -> str:
        return reverse("communities:invitation", args=[token])

    def get_accepted_url(self) -> str:
        return self.community.get_absolute_url() if self.community else reverse("communities:list")
