"""What stands between an idea and "reviewed", in words; and what would make a good idea better."""

from projects.models import SECTIONS, Approval, Project

REQUIRED_SECTIONS = ["description", "outcomes", "steps", "skills"]


def unmet_conditions(project: Project) -> list[str]:
    """Why the idea is not reviewed yet; empty when it is ready to be."""
    reasons = [f"{SECTIONS[name]} is not written." for name in REQUIRED_SECTIONS if not getattr(project, name).strip()]
    if not project.mentorships.confirmed().exists():
        reasons.append("No mentor has confirmed.")
    if unresolved := project.points.unresolved().count():
        reasons.append(f"{unresolved} review point{'s are' if unresolved > 1 else ' is'} not resolved.")
    if not independent_approvals(project):
        reasons.append("No maintainer who does not mentor it has approved its newest revision.")
    return reasons


def independent_approvals(project: Project) -> list[Approval]:
    """The standing approvals of the newest revision, by maintainers who do not mentor the project."""
    mentors = project.mentorships.filter(user__isnull=False).values("user")
    approvals = project.approvals.standing().filter(revision=project.revision)
    return list(approvals.exclude(by__in=mentors).select_related("by"))
