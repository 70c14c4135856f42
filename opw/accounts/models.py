"""People, whose e-mail address is their name to the portal; and what an invitation by letter is."""

import hashlib
import secrets
import zoneinfo
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.timezone import now

INVITATION_LASTS = timedelta(days=14)


def check_timezone(name: str) -> None:
    """Refuse what is not a timezone of the IANA database."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError("Choose a timezone from the list.")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in to it until one is set."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A program coordinator who may also use the admin site."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account. ``is_staff`` makes a program coordinator."""

    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField(max_length=200, help_text="As mentors and coordinators should see it; any name you go by.")
    timezone = models.CharField(
        max_length=64, default="UTC", validators=[check_timezone], help_text="Deadlines are shown in it, beside UTC."
    )
    shows_address = models.BooleanField(
        "Show my e-mail address to signed-in people, on the projects that I mentor", default=False
    )
    is_staff = models.BooleanField("program coordinator", default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)
    # Numbers of the communities, projects and rounds in which she has a role, by role: who reads a page comes with them
    # (see opw.site.readers); of everybody else they are asked one by one.
    roles: dict[str, list[int]] | None = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_address")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)


def display_name(user: User) -> str:
    """What allauth's pages call a person."""
    return str(user)


class InvitationQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state=Invitation.State.OPEN)

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def waiting_for(self, user: User, at: datetime) -> Self:
        """Those that this person can still accept; her address is confirmed, or she could not sign in."""
        return self.open().filter(email__iexact=user.email, expires_at__gt=at)


class Invitation(models.Model):
    """A letter to one address that offers a part in something.

    The link in it is a secret that works once and expires; only its hash is kept, so that nobody who reads the database
    can accept for somebody else. Sent again, it gets a new one. Each floor says what is offered, in a model of its own.
    """

    class State(models.TextChoices):
        OPEN = "open", "open"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        REVOKED = "revoked", "revoked"

    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField(max_length=100, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_has_ended_or_is_open",
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="%(class)s_knows_who_accepted",
                condition=Q(state="accepted", accepted_by__isnull=False)
                | (~Q(state="accepted") & Q(accepted_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.email}, {self.part}"

    def get_absolute_url(self) -> str:
        """Where the invited person answers when she is signed in, without the letter."""
        raise NotImplementedError

    @property
    def part(self) -> str:
        """What is offered, after "as": "a mentor of “VM snapshots”"."""
        raise NotImplementedError

    def get_secret_url(self, token: str) -> str:
        """Where the link of the letter leads."""
        raise NotImplementedError

    def get_accepted_url(self) -> str:
        """What she has a part in, once she has accepted."""
        raise NotImplementedError

    def is_waiting(self, at: datetime) -> bool:
        """Whether it can still be answered."""
        return self.state == self.State.OPEN and at < self.expires_at

    def renew(self) -> str:
        """Give it a new secret and a new span of time; the secret is known to the caller alone."""
        token = secrets.token_urlsafe(32)
        self.token_hash, self.sent_at = hash_of(token), now()
        self.expires_at = self.sent_at + INVITATION_LASTS
        return token

    def end(self, state: State, by: User | None = None) -> None:
        self.state, self.ended_at, self.accepted_by = state, now(), by
        self.save(update_fields=["state", "ended_at", "accepted_by"])


def hash_of(token: str) -> str:
    """What is kept of a secret. It is long and random, so that one quick hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
