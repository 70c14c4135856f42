"""Whoever reads a page comes from the database together with her roles: every page asks for them, in one query."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from applications.models import Application
from opw.accounts.models import User
from opw.communities.models import Community
from projects.models import Mentorship


class Readers(AuthenticationBackend):  # type: ignore[misc]  # the library says no types
    """Signs people in as the library does, and reads them with their roles for each request."""

    def get_user(self, user_id: int) -> User | None:
        found = with_roles().filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None


@cache
def with_roles() -> QuerySet[User]:
    """People with the numbers of the communities, projects and rounds in which they have a role, by role; and of what
    they sign in with besides a password. Every request asks for it, so it is made once."""
    coordinators, maintainers = Community.coordinators.through, Community.maintainers.through
    mentorships = Mentorship.objects.confirmed().filter(user=OuterRef("pk")).order_by()
    applications = Application.objects.live().filter(applicant=OuterRef("pk")).order_by()
    numbers = {
        "coordinates": ArraySubquery(coordinators.objects.filter(user=OuterRef("pk")).values("community")),
        "maintains": ArraySubquery(maintainers.objects.filter(user=OuterRef("pk")).values("community")),
        "mentors": ArraySubquery(mentorships.values("project")),
        "applies_in": ArraySubquery(applications.values("listing__participation__round")),
        "authenticators": ArraySubquery(Authenticator.objects.filter(user=OuterRef("pk")).values("pk")),
    }
    declared = {"roles": JSONObject(**numbers)}  # by User
    return User.objects.annotate(**declared)
