"""What those who write, review and mentor ideas are told by letter.

A review is a conversation, and a letter for every remark would be a flood. So there is one letter for an hour, a person
and an idea: the first remark or answer of an hour writes it, and it is sent when the hour is over, so that nothing that
follows is left untold. An approval ends only once; that letter does not wait. One can opt out of all of these, but not
of who mentors with whom.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from opw.accounts.models import User
from opw.mail.actions import write_letter, write_letters
from opw.mail.compose import Draft, absolute
from opw.mail.models import Letter, Topic
from projects.models import Mentorship, Project, ReviewPoint
from projects.revisions import changed_headings

# The subjects of letters about who mentors, by their template.
_ABOUT_MENTORING = {
    "offer_waits": "An offer to mentor",
    "mentor_confirmed": "You are a mentor",
    "offer_declined": "Your offer to mentor",
    "mentorship_ended": "You are no longer a mentor",
    "mentor_stepped_back": "A mentor steps back",
    "mentor_joined": "A new mentor",
}


def tell_waits_for_review(project: Project) -> None:
    """That an idea is published: to those who may review it."""
    community = project.community
    reviewers = {*community.maintainers.all(), *community.coordinators.all()}
    for person in reviewers - _mentors_of(project) - {project.proposed_by}:
        draft = Draft(
            key=f"review-waits:{community.pk}:{person.pk}",
            topic=Topic.REVIEW,
            to=person,
            subject=f"An idea waits for review: {project.title}",
            template="review_waits.txt",
            facts={
                "project": project.title,
                "community": community.name,
                "link": absolute(reverse("projects:waiting")),
            },
        )
        _write_within_the_hour(draft)


def tell_reviewed(project: Project, by: User) -> None:
    """That it is a reviewed project now: to its writers, and to the coordinators, who can list it."""
    write_letters(
        Draft(
            key=f"reviewed:{project.pk}:{project.revision}:{person.pk}",
            topic=Topic.REVIEW,
            to=person,
            subject=f"Reviewed: {project.title}",
            template="reviewed.txt",
            facts={"project": project.title, "link": absolute(project.get_absolute_url())},
        )
        for person in (_writers_of(project) | {*project.community.coordinators.all()}) - {by}
    )


def tell_of_point(point: ReviewPoint) -> None:
    """That there is a new remark: to the idea's writers, unless they made it."""
    for person in _writers_of(point.project) - {point.author}:
        _tell_within_the_hour(person, point.project, f"{point.signature} remarked on {_place_of(point)}")


def tell_of_answer(point: ReviewPoint, by: User) -> None:
    """That a remark was answered: to its author; and what she says to that, to the idea's writers."""
    if point.author == by:
        for person in _writers_of(point.project) - {by}:
            _tell_within_the_hour(person, point.project, f"{by} asks once more about {_place_of(point)}")
    elif point.author:
        _tell_within_the_hour(point.author, point.project, f"your remark on {_place_of(point)} was answered")


def tell_of_resolution(point: ReviewPoint, by: User) -> None:
    """That a remark is resolved: to the idea's writers, and to its author if somebody else did it."""
    for person in (_writers_of(point.project) | {point.author}) - {by}:
        if person:
            _tell_within_the_hour(person, point.project, f"{by} resolved the remark on {_place_of(point)}")


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


def tell_of_offer(mentorship: Mentorship) -> None:
    """That somebody offers to mentor and waits for an answer: to the community's coordinators."""
    project = mentorship.project
    for coordinator in project.community.coordinators.exclude(pk=mentorship.user_id):
        draft = _of_mentoring(project, coordinator, "offer_waits", who=str(mentorship.user))
        _write_within_the_hour(replace(draft, topic=Topic.REVIEW))


def tell_mentor_confirmed(mentorship: Mentorship) -> None:
    """That a coordinator confirmed her."""
    if mentorship.user:
        write_letter(_of_mentoring(mentorship.project, mentorship.user, "mentor_confirmed", mentorship))


def tell_mentorship_ended(mentorship: Mentorship, because: str) -> None:
    """That her offer was declined, or that a coordinator ended her mentorship; with the reason."""
    if mentorship.user:
        template = "mentorship_ended" if mentorship.confirmed_at else "offer_declined"
        write_letter(_of_mentoring(mentorship.project, mentorship.user, template, mentorship, because=because))


def tell_mentor_stepped_back(mentorship: Mentorship, because: str) -> None:
    """That a mentor goes, and whether the project looks for one then: to the coordinators and the other mentors."""
    others = _mentors_of(mentorship.project) - {mentorship.user}
    facts = {"who": str(mentorship.user), "because": because, "is_last": not others}
    _tell_colleagues(mentorship, "mentor_stepped_back", **facts)


def tell_mentor_joined(mentorship: Mentorship) -> None:
    """That somebody accepted an invitation and mentors now: to the coordinators and the other mentors."""
    _tell_colleagues(mentorship, "mentor_joined", who=str(mentorship.user))


def _tell_colleagues(mentorship: Mentorship, template: str, **facts: Any) -> None:
    project = mentorship.project
    people = {*project.community.coordinators.all()} | _mentors_of(project)
    write_letters(
        _of_mentoring(project, person, template, mentorship, **facts) for person in people - {mentorship.user}
    )


def _writers_of(project: Project) -> set[User]:
    """Its mentors and its proposer."""
    return _mentors_of(project) | ({project.proposed_by} if project.proposed_by else set())


def _mentors_of(project: Project) -> set[User]:
    """Those of its confirmed mentors who have an account."""
    return {one.user for one in project.mentorships.confirmed().select_related("user") if one.user}


def _of_mentoring(
    project: Project, to: User, template: str, mentorship: Mentorship | None = None, **facts: Any
) -> Draft:
    """A letter about who mentors a project; about a mentorship there is one of each kind."""
    return Draft(
        key=f"{template}:{project.pk}:{to.pk}" + (f":{mentorship.pk}" if mentorship else ""),
        topic=Topic.ROUND,
        to=to,
        subject=f"{_ABOUT_MENTORING[template]}: {project.title}",
        template=f"{template}.txt",
        facts={"project": project.title, "link": absolute(project.get_absolute_url())} | facts,
    )


def _tell_within_the_hour(person: User, project: Project, what: str) -> None:
    draft = Draft(
        key=f"review:{project.pk}:{person.pk}",
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
    _write_within_the_hour(draft)


def _write_within_the_hour(draft: Draft) -> None:
    """Write one letter for all of an hour's news of this key, sent when the hour is over."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    draft = replace(draft, key=f"{draft.key}:{hour.isoformat()}")
    write_letter(draft)
    waits = Letter.objects.filter(key=draft.key, status=Letter.Status.QUEUED, tries=0)
    waits.update(next_try_at=hour + timedelta(hours=1))


def _place_of(point: ReviewPoint) -> str:
    return point.get_section_display() or "the whole idea"
