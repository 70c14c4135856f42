"""One idea of a page: new here, or weighed against what was edited here since the last import."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from opw.accounts.models import User
from opw.audit.models import record
from opw.communities.models import Community
from projects.actions.ideas import edit_idea, free_slug, tag_skills
from projects.actions.importing.mentors import import_mentors
from projects.actions.importing.points import import_points
from projects.actions.importing.said import FACTS, TAGS, Said, facts_here, said_of
from projects.actions.promotion import begin_review
from projects.models import Approval, Project
from projects.wiki import WikiIdea, WikiMentor
from projects.wiki.sameness import show_the_same

Status = Literal["new", "unchanged", "changed"]


@dataclass(frozen=True, slots=True)
class ImportedIdea:
    """What became of one idea of a page; ``doubtful`` also says what was not taken because it was edited here."""

    found: WikiIdea
    project: Project
    status: Status
    doubtful: tuple[str, ...]
    changed: tuple[str, ...] = ()  # the fields that were taken from the page
    kept: tuple[str, ...] = ()  # and those in which an edit here wins over it


@dataclass(frozen=True, slots=True)
class Import:
    """One import: into which community, in whose name, when, and whether the page holds reviewed ideas."""

    community: Community
    by: User | None
    now: datetime
    reviewed: bool

    def add(self, idea: WikiIdea, *, key: str) -> ImportedIdea:
        """Make a new idea, at an address that stays its own."""
        said = said_of(idea, now=self.now)
        state = Project.State.IN_REVIEW if said.points else Project.State.IDEA
        tags = {name: said.facts[name] for name in TAGS}
        facts = {name: fact for name, fact in said.facts.items() if name not in TAGS}
        project = Project(community=self.community, import_key=key, state=state, **facts)
        project.imported = said.memory() | {"revision": project.revision}
        project.slug = free_slug(self.community, idea.slug or project.title)
        project.full_clean(exclude=["search"])
        project._history_user = self.by
        project.save()
        tag_skills(project, required=tags["required_skills"], preferred=tags["preferred_skills"])
        import_mentors(project, said.mentors, [], said.doubt, is_export=False)
        import_points(project, said.points, now=self.now, doubt=said.doubt)
        record("idea_imported", project, by=self.by, after={"revision": project.revision})
        if self.reviewed:
            self._approve(project)
        return ImportedIdea(idea, project, "new", tuple(said.doubtful))

    def update(self, project: Project, idea: WikiIdea) -> ImportedIdea:
        """Take over what the page changed since the last import; what was edited here since wins."""
        said = said_of(idea, now=self.now)
        memory = said.memory() | {"anchor": said.anchor or project.imported.get("anchor", "")}
        if project.state in (Project.State.ARCHIVED, Project.State.WITHDRAWN):
            said.doubt(f"It is {project.get_state_display()} here, so nothing was taken from the page.")
            return ImportedIdea(idea, project, "unchanged", tuple(said.doubtful))
        last_revision = project.imported.get("revision")
        is_as_imported = project.revision == last_revision
        weighed = _weighed(project, said)
        changed = self._take(project, said, weighed, is_export=bool(idea.slug))
        memory["revision"] = project.revision if is_as_imported else last_revision
        if memory != project.imported:  # what the idea remembers is no revision of it
            Project.objects.filter(pk=project.pk).update(imported=memory)
        if self.reviewed and not project.is_reviewed:
            if is_as_imported:
                self._approve(project)
                changed = (*changed, "Approval")
            else:
                said.doubt("It was edited here since the last import: the page's review does not count for that.")
        status: Status = "changed" if changed else "unchanged"
        return ImportedIdea(idea, project, status, tuple(said.doubtful), changed, weighed.kept)

    def _take(self, project: Project, said: Said, weighed: "Weighed", *, is_export: bool) -> tuple[str, ...]:
        """Write what is new on the page, and say in which fields anything was."""
        edits = weighed.edits
        if edits:
            edit_idea(project=project, by=self.by, **edits)
            project.refresh_from_db()
        before = [WikiMentor(**mentor) for mentor in project.imported.get("mentors", [])]
        has_new_mentors = import_mentors(project, said.mentors, before, said.doubt, is_export=is_export)
        new_comments = import_points(project, said.points, now=self.now, doubt=said.doubt)
        if new_comments:
            begin_review(project)
        changed = (*weighed.changed, *["Mentors"] * has_new_mentors, *["Peer review"] * bool(new_comments))
        if changed:
            after = {"fields": sorted(edits), "mentors": has_new_mentors, "comments": new_comments}
            record("idea_imported_again", project, by=self.by, after=after)
        return changed

    def _approve(self, project: Project) -> None:
        """The page counts it as reviewed, whatever the checklist still lacks."""
        Approval.objects.create(project=project, revision=project.revision, by_import=True, approved_at=self.now)
        project.state, project.reviewed_at = Project.State.REVIEWED, self.now
        project.save(update_fields=["state", "reviewed_at"])
        after = {"revision": project.revision, "by_import": True}
        record("idea_approved", project, by=self.by, after=after)
        record("idea_reviewed", project, by=self.by, after=after)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What an import makes of each field: taken from the page, or kept because it was edited here."""

    edits: dict[str, Any]
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def _weighed(project: Project, said: Said) -> Weighed:
    """The fields whose words changed on the page and not here; what was edited here is doubtful where it differs."""
    remembered, here = project.imported.get("facts", {}), facts_here(project)
    edits: dict[str, Any] = {}
    changed, kept = [], []
    for label, fields in FACTS.items():
        page, last, own = ({name: facts.get(name) for name in fields} for facts in (said.facts, remembered, here))
        if _says_the_same(own, page):
            continue
        if _says_the_same(own, last):
            edits |= page
            changed.append(label)
        elif page != last or any(page.values()):
            kept.append(label)
            said.doubt(f"{label}: edited here since the last import; what the page says was not taken.")
    return Weighed(edits, tuple(changed), tuple(kept))


def _says_the_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether they show the same to a reader."""
    return all(
        show_the_same(value, other[name] or "") if isinstance(value, str) else (value or None) == (other[name] or None)
        for name, value in one.items()
    )
