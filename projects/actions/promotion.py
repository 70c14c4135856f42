"""The step from idea to reviewed: taken by itself as soon as nothing stands in its way."""

from django.utils import timezone

from opw.accounts.models import User
from opw.audit.models import record
from projects.emails import tell_reviewed
from projects.models import Project
from projects.readiness import unmet_conditions


def begin_review(project: Project) -> None:
    """An idea that somebody reviews is in review."""
    if project.state == Project.State.IDEA:
        project.state = Project.State.IN_REVIEW
        project.save(update_fields=["state"])


def promote_when_ready(project: Project, *, by: User) -> None:
    """Make an idea in review a reviewed project when every condition is met; called by each deed that can meet one."""
    if project.state != Project.State.IN_REVIEW or unmet_conditions(project):
        return
    project.state, project.reviewed_at = Project.State.REVIEWED, timezone.now()
    project.save(update_fields=["state", "reviewed_at"])
    record("idea_reviewed", project, by=by, after={"revision": project.revision})
    tell_reviewed(project, by)
