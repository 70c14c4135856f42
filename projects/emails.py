"""What those who write and review ideas are told by letter; they can opt out of all of it.

A review is a conversation, and a letter for every remark would be a flood. So there is one letter for an hour, a person
and an idea: the first remark or answer of an hour writes it, and it is sent when the hour is over, so that nothing that
follows is left untold. An approval ends only once; that letter does not wait.
"""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from opw.accounts.models import User
from opw.mail.actions import write_letter, write_letters
from opw.mail.compose import Draft, absolute
from opw.mail.models import Letter, Topic
from projects.models import Project, ReviewPoint
from projects.revisions import changed_headings


def tell_of_point(point: ReviewPoint) -> None:
    """That there is a new remark: to the idea's mentors and its proposer, unless they made it."""
    project = point.project
    mentors = project.mentorships.confirmed().filter(user__isnull=False).select_related("user")
    people = {mentorship.user for mentorship in mentors} | {project.proposed_by}
    for person in people - {point.author}:
        if person:
            _tell_within_the_hour(person, project, f"{point.signature} remarked on {_place_of(point)}")


def tell_of_answer(point: ReviewPoint) -> None:
    """That a remark was answered: to its author, if she has an account."""
    if point.author:
        _tell_within_the_hour(point.author, point.project, f"your remark on {_place_of(point)} was answered")


def tell_approvals_ended(project: Project, *, before: dict[str, Any], by: User | None) -> None:
    """What changed since they approved it: to those whose approvals the newest revision has just ended."""
    approved = project.revision - 1  # a material edit ends all approvals, so that none can be of an older revision
    ended = project.approvals.filter(revision=approved, by__isnull=False).exclude(by=by).select_related("by")
    facts = {
        "project": project.title,
        "approved": approved,
        "revision": project.revision,
        "changed": ", ".join(changed_headings(before, project.snapshot())),
        "link": absolute(comparison_address(project, approved, project.revision)),
    }
    write_letters(
        Draft(
            key=f"approval-ended:{approval.pk}",
            topic=Topic.REVIEW,
            to=approval.by,
            subject=f"Changed since you approved it: {project.title}",
            template="approval_ended.txt",
            facts=facts,
        )
        for approval in ended
        if approval.by
    )


def comparison_address(project: Project, one: int, other: int) -> str:
    """The page that compares two revisions."""
    address = reverse("projects:compare", args=[project.community.slug, project.slug])
    return f"{address}?one={one}&other={other}"


def _tell_within_the_hour(person: User, project: Project, what: str) -> None:
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    draft = Draft(
        key=f"review:{project.pk}:{person.pk}:{hour.isoformat()}",
        topic=Topic.REVIEW,
        to=person,
        subject=f"News in the review of {project.title}",
        template="review_news.txt",
        facts={
            "project": project.title,
            "what": what,
            "link": absolute(f"{project.get_absolute_url()}#review"),
        },
    )
    write_letter(draft)
    waits = Letter.objects.filter(key=draft.key, status=Letter.Status.QUEUED, tries=0)
    waits.update(next_try_at=hour + timedelta(hours=1))


def _place_of(point: ReviewPoint) -> str:
    return point.get_section_display() or "the whole idea"
