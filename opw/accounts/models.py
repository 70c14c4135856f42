"""People. Their e-mail address is their name to the portal."""

import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now


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
    is_staff = models.BooleanField("program coordinator", default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)
    # Numbers of the communities and projects in which she has a role, by role: who reads a page comes with them (see
    # opw.site.readers); of everybody else they are asked one by one.
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
