"""Proposing and editing ideas."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from opw.accounts.models import User
from opw.audit.models import record
from opw.communities.models import Community
from opw.errors import Refused
from opw.text import same_but_for_white_space
from projects.emails import tell_approvals_ended, tell_waits_for_review
from projects.models import SECTIONS, Mentorship, Project, ProjectSkill, Skill
from projects.parts import facts_of

# An edit of these is a material one: approvals were given to what they said.
MATERIAL_TEXTS = ["title", "summary", *SECTIONS]
MATERIAL_FACTS = ["difficulty_from", "difficulty_to"]


class Stale(Refused):
    """Somebody else changed what the writer is changing; neither of the two texts is lost."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this idea while you were writing. Both texts are below: put together what you want "
            "to keep, and save again."
        )


@transaction.atomic
def propose_idea(*, community: Community, by: User, will_mentor: bool = False, **fields: Any) -> Project:
    """Write a new idea as its author's draft, at an address that stays its own."""
    required, preferred = fields.pop("required_skills", []), fields.pop("preferred_skills", [])
    fields.setdefault("inserted_on", timezone.now().date())
    project = Project(community=community, proposed_by=by, **fields)
    project.slug = free_slug(community, project.title)
    project.full_clean(exclude=["search"])
    _save_as(project, by)
    tag_skills(project, required=required, preferred=preferred)
    if will_mentor:
        Mentorship.objects.create(project=project, user=by, confirmed_at=timezone.now())
    record("idea_proposed", project, by=by)
    return project


@transaction.atomic
def publish_idea(*, project: Project, by: User) -> None:
    """Take a draft out of its drawer: everybody can read it, and its community's maintainers can review it.

    Raises Refused for anything but a draft.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    if project.state != Project.State.DRAFT:
        raise Refused("This idea is published already.")
    project.state = Project.State.IDEA
    _save_as(project, by, update_fields=["state"])
    record("idea_published", project, by=by)
    tell_waits_for_review(project)


@transaction.atomic
def edit_idea(*, project: Project, by: User | None, seen: Mapping[str, str] | None = None, **fields: Any) -> None:
    """Change an idea. A material edit is a new revision: it ends the approvals and takes the idea back to review.

    Nobody is the editor (``by``) of what an import takes over. What a draft says counts from its publication on, so
    that its edits are no revisions.

    Raises Stale when the idea no longer says what the writer saw of it, in words by field (``seen``).
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    if seen and facts_of(project, seen) != seen:
        raise Stale
    before, revision = project.snapshot(), project.revision
    required, preferred = fields.pop("required_skills", None), fields.pop("preferred_skills", None)
    for name, value in fields.items():
        setattr(project, name, value)
    if project.state != Project.State.DRAFT and _is_material(before, project.snapshot()):
        _begin_revision(project, by)
    project.full_clean(exclude=["search"])
    _save_as(project, by)
    if project.revision != revision:
        tell_approvals_ended(project, before=before, by=by)
    if required is not None and preferred is not None:
        tag_skills(project, required=required, preferred=preferred)
    record("idea_edited", project, by=by, after={"revision": project.revision})


@transaction.atomic
def withdraw_idea(*, project: Project, by: User) -> None:
    """Take one's own proposal back, before it is reviewed.

    Raises Refused for a reviewed one: its community decides about it.
    """
    project = Project.objects.select_for_update().get(pk=project.pk)
    if not project.is_being_written:
        raise Refused("A reviewed project is its community's; ask a coordinator to archive it.")
    before = project.state
    project.state = Project.State.WITHDRAWN
    _save_as(project, by, update_fields=["state"])
    record("idea_withdrawn", project, by=by, before={"state": before})


def free_slug(community: Community, title: str) -> str:
    """An address for a title that no other idea of the community has; a clash gets "-2". Locks the community's row."""
    Community.objects.select_for_update().get(pk=community.pk)
    stem = slugify(title)[:70].strip("-") or "idea"
    taken = set(Project.objects.filter(community=community, slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def tag_skills(project: Project, *, required: list[str], preferred: list[str]) -> None:
    """Replace a project's skill tags; a name that stands in both lists is required."""
    wanted = dict.fromkeys(preferred, False) | dict.fromkeys(required, True)
    project.skill_tags.all().delete()
    for name, is_required in wanted.items():
        skill, _ = Skill.objects.get_or_create(name=name)
        ProjectSkill.objects.create(project=project, skill=skill, is_required=is_required)


def _is_material(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return any(before[fact] != after[fact] for fact in MATERIAL_FACTS) or not all(
        same_but_for_white_space(before[text], after[text]) for text in MATERIAL_TEXTS
    )


def _begin_revision(project: Project, by: User | None) -> None:
    project.revision += 1
    project.approvals.standing().update(ended_at=timezone.now())
    if project.state == Project.State.REVIEWED:
        project.state = Project.State.IN_REVIEW


def _save_as(project: Project, by: User | None, update_fields: list[str] | None = None) -> None:
    """Save, and sign the kept revision."""
    project._history_user = by
    project.save(update_fields=update_fields)
