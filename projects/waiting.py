"""What waits for a person's review: ideas of her communities that she has not approved as they now are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from opw.accounts.models import User
from opw.communities.models import Community
from projects.models import Approval, Mentorship, Project
from projects.readiness import unmet_conditions, with_what_is_checked


@dataclass(frozen=True, slots=True)
class Waiting:
    """An idea that waits for this reader, what it lacks, and which revision of it she approved last."""

    project: Project
    unmet: list[str]
    approved_before: int | None


def waiting_for(user: User) -> QuerySet[Project]:
    """The unreviewed ideas that this person may approve and has not, in their newest revision; oldest first."""
    hers = Community.objects.filter(Q(maintainers=user) | Q(coordinators=user))
    mentored = Mentorship.objects.filter(project=OuterRef("pk"), user=user)
    approved = Approval.objects.standing().filter(project=OuterRef("pk"), revision=OuterRef("revision"), by=user)
    return (
        Project.objects.unreviewed()
        .filter(~Exists(mentored), ~Exists(approved), community__in=hers)
        .exclude(proposed_by=user)
        .select_related("community")
        .prefetch_related(*with_what_is_checked())
        .order_by("created_at", "pk")
    )


def last_approved(project: Project, user: User) -> int | None:
    """The newest revision of this idea that the person approved, if it is not the newest there is."""
    approved = [approval.revision for approval in project.approvals.all() if approval.by_id == user.pk]
    return max((revision for revision in approved if revision < project.revision), default=None)


def has_approved(project: Project, user: User) -> bool:
    """Whether this person's approval of the newest revision stands."""
    return any(one.by_id == user.pk and one.revision == project.revision for one in project.approvals.all())


def rows_of(projects: Iterable[Project], user: User) -> list[Waiting]:
    """The rows of the page, with what each idea lacks."""
    return [Waiting(project, unmet_conditions(project), last_approved(project, user)) for project in projects]
