"""Putting ideas away, taking them out again, and beginning a new one from one that is there."""

from django.db import transaction

from opw.accounts.models import User
from opw.audit.models import record
from opw.communities.models import Community
from opw.errors import Refused
from projects.actions.ideas import propose_idea
from projects.actions.promotion import promote_when_ready
from projects.models import SECTIONS, Listing, Project
from projects.readiness import unmet_conditions

# What a copy takes along. Points, approvals, mentors and listings are the original's, and so are its starter tasks:
# one piece of work is offered once.
COPIED = ["summary", *SECTIONS, "difficulty_from", "difficulty_to", "channels"]


@transaction.atomic
def archive_idea(*, project: Project, by: User) -> None:
    """Put an idea away: it keeps its address, and is offered no more.

    Raises Refused while a round whose results are not out lists it. Whoever lists it locks the project's row too.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    if not project.is_public or project.state == Project.State.ARCHIVED:
        raise Refused(f"This idea is {project.get_state_display()}, so it cannot be archived.")
    live = Listing.objects.live().with_round().filter(project=project, participation__round__released_at__isnull=True)
    if listing := live.first():
        raise Refused(f"This project is listed in {listing.round}. Withdraw it there first, or wait for the results.")
    before = project.state
    _put_into(Project.State.ARCHIVED, project, by)
    record("idea_archived", project, by=by, before={"state": before})


@transaction.atomic
def take_out_of_archive(*, project: Project, by: User) -> None:
    """Make an archived idea one that can be worked on again: reviewed if it still meets every condition for it.

    Raises Refused for one that is not in the archive.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    if project.state != Project.State.ARCHIVED:
        raise Refused("This idea is not in the archive.")
    _put_into(_state_without_archive(project), project, by)
    record("idea_taken_out_of_archive", project, by=by, after={"state": project.state})
    promote_when_ready(project, by=by)


@transaction.atomic
def copy_idea(*, project: Project, community: Community, title: str, by: User) -> Project:
    """Begin a draft of one's own, in this or another community, with what an idea says; it says where it came from."""
    tags = list(project.skill_tags.select_related("skill"))
    return propose_idea(
        community=community,
        by=by,
        title=title,
        copied_from=project,
        required_skills=[tag.skill.name for tag in tags if tag.is_required],
        preferred_skills=[tag.skill.name for tag in tags if not tag.is_required],
        **{name: getattr(project, name) for name in COPIED},
    )


def _put_into(state: Project.State, project: Project, by: User) -> None:
    project.state = state
    project._history_user = by
    project.save(update_fields=["state"])


def _state_without_archive(project: Project) -> Project.State:
    if project.reviewed_at and not unmet_conditions(project):
        return Project.State.REVIEWED
    looked_at = project.points.exists() or project.approvals.exists()
    return Project.State.IN_REVIEW if looked_at else Project.State.IDEA
