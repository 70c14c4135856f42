"""Who may do what with applications and contributions: section 4 of the design.

What a person may see at all is decided by the querysets' ``visible_to``; these say what she may do with it.
"""

from typing import Any

from django.db.models import Q, QuerySet

from applications.models import (
    Application,
    Contribution,
    InitialApplication,
    Message,
    Recusal,
    by_mentors_and_coordinators,
)
from opw.accounts.models import User
from opw.communities.models import Community, coordinated_by
from projects.models import Listing


def may_edit_application(user: User, application: Application) -> bool:
    """Its applicant alone."""
    return application.applicant_id == user.pk


def may_mark(user: User, contribution: Contribution) -> bool:
    """A mentor of its project or a coordinator of its community; never one's own, and not while one applies."""
    if contribution.applicant_id == user.pk:
        return False
    hers = by_mentors_and_coordinators(user)
    return Contribution.objects.visible_to(user).filter(hers, pk=contribution.pk).exists()


def may_write_to(user: User, applicant: User, listing: Listing) -> bool:
    """A mentor or coordinator who sees something of the applicant there; a draft is not to be seen."""
    return user != applicant and any(rows.filter(listing=listing).exists() for rows in _seen_of(user, applicant))


def may_step_back_from(user: User, applicant: User) -> bool:
    """A mentor or coordinator who sees something of the applicant anywhere: then it is never too early."""
    initials = InitialApplication.objects.read_by(user).exclude(status=InitialApplication.Status.DRAFT)
    seen = [*_seen_of(user, applicant), initials.filter(applicant=applicant)]
    return user != applicant and any(rows.exists() for rows in seen)


def _seen_of(user: User, applicant: User) -> list[QuerySet[Any]]:
    """What this reader sees of the applicant at listings."""
    seen: list[QuerySet[Any]] = [
        Message.objects.visible_to(user),
        Contribution.objects.visible_to(user),
        Application.objects.seen_by_reviewers(user),
    ]
    return [rows.filter(applicant=applicant) for rows in seen]


def may_see_eligibility(user: User, initial: InitialApplication) -> bool:
    """The applicant and the program coordinators."""
    return initial.applicant_id == user.pk or user.is_staff


def may_extend_somewhere(user: User) -> bool:
    """Program coordinators, and who coordinates a community."""
    return user.is_staff or bool(coordinated_by(user))


def may_extend(user: User, community: Community | None, person: User | None) -> bool:
    """For all, program coordinators; in a community, its coordinators too. Never for oneself.

    Nor for somebody from whom one stepped back.
    """
    if person and (person == user or Recusal.objects.filter(person=user, applicant=person).exists()):
        return False
    return user.is_staff or (community is not None and community.is_coordinated_by(user))


def extensions_seen_by(user: User) -> Q:
    """Condition on an extension: what reaches everybody, and what she may take back."""
    reaches_everybody = Q(community__isnull=True, person__isnull=True)
    return reaches_everybody | extensions_revoked_by(user)


def extensions_revoked_by(user: User) -> Q:
    """Condition on an extension: whoever could have given it may take it back; see may_extend."""
    stepped_back = Recusal.objects.filter(person=user).values("applicant")
    nobody_forbidden = Q(person__isnull=True) | ~Q(person=user) & ~Q(person__in=stepped_back)
    if user.is_staff:
        return nobody_forbidden
    return nobody_forbidden & Q(community__in=coordinated_by(user))
