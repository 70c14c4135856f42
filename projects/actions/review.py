"""Peer review: points, answers, resolutions and approvals; and a mentor's word that an idea is still true."""

from django.db import transaction
from django.utils import timezone

from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from projects import emails
from projects.actions.promotion import begin_review, promote_when_ready
from projects.models import Approval, PointReply, Project, ReviewPoint


@transaction.atomic
def open_point(*, project: Project, by: User, body: str, section: str = "") -> ReviewPoint:
    """Remark on a section of an idea, or on the whole of it; the idea is in review from then on."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    point = ReviewPoint.objects.create(project=project, author=by, body=body, section=section)
    begin_review(project)
    record("point_opened", point, by=by, after={"section": section})
    emails.tell_of_point(point)
    return point


@transaction.atomic
def answer_point(*, point: ReviewPoint, by: User, body: str) -> None:
    """Add to the thread of a point: somebody else's answer makes it answered, what its author adds opens it again.

    Raises Refused for a resolved point.
    """
    point = ReviewPoint.objects.select_for_update(of=["self"]).get(pk=point.pk)
    if point.resolved_at:
        raise Refused("This point is resolved. Open a new one if something is still missing.")
    reply = PointReply.objects.create(point=point, author=by, body=body)
    point.answered_at = None if point.author_id == by.pk else reply.at
    point.save(update_fields=["answered_at"])
    emails.tell_of_answer(point, by)
    record("point_answered", point, by=by)


@transaction.atomic
def resolve_point(*, point: ReviewPoint, by: User, because: str = "") -> None:
    """Close a point. Its author needs no words for it; a coordinator who closes another's says why.

    Raises Refused without a reason, and for a point that is resolved.
    """
    project = Project.objects.select_for_update().get(pk=point.project_id)
    point = ReviewPoint.objects.select_for_update(of=["self"]).get(pk=point.pk)
    if point.resolved_at:
        raise Refused("This point is resolved already.")
    if point.author_id != by.pk and not because.strip():
        raise Refused("Say why you resolve somebody else's point.")
    point.resolved_at, point.resolved_by, point.resolved_because = timezone.now(), by, because.strip()
    point.save(update_fields=["resolved_at", "resolved_by", "resolved_because"])
    record("point_resolved", point, by=by)
    emails.tell_of_resolution(point, by)
    promote_when_ready(project, by=by)


@transaction.atomic
def approve_idea(*, project: Project, by: User, seen_revision: int) -> None:
    """A maintainer's yes to the revision she read.

    Raises Refused when there is a newer revision, or nothing to approve.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    if project.state not in (Project.State.IDEA, Project.State.IN_REVIEW):
        raise Refused(f"This idea is {project.get_state_display()}; there is nothing to approve.")
    if project.revision != seen_revision:
        raise Refused("The idea was changed while you were reading. Please read its newest revision first.")
    _approval, created = Approval.objects.get_or_create(project=project, revision=project.revision, by=by)
    if created:
        record("idea_approved", project, by=by, after={"revision": project.revision})
    begin_review(project)
    promote_when_ready(project, by=by)


@transaction.atomic
def verify_idea(*, project: Project, by: User) -> None:
    """Say that an idea is still wanted as it is written; no material edit, so that its approvals stand."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    before, today = project.verified_on, timezone.now().date()
    if before == today:
        return
    project.verified_on = today
    project._history_user = by
    project.save(update_fields=["verified_on"])
    record("idea_verified", project, by=by, before={"verified_on": before and before.isoformat()})
