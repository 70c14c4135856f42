"""Ideas are proposed, reviewed and listed."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from opw.site.demo.communities import COMMUNITIES
from opw.site.demo.ideas_others import OTHER_IDEAS
from opw.site.demo.ideas_xen import XEN_LOW_LEVEL_IDEAS
from opw.site.demo.ideas_xen_tools import XEN_TOOL_IDEAS
from opw.site.demo.shapes import Idea, Point
from opw.site.demo.stage import Deed, Stage
from projects import actions
from projects.models import Mentorship, Project, ReviewPoint

IDEAS = {idea.key: idea for idea in [*XEN_LOW_LEVEL_IDEAS, *XEN_TOOL_IDEAS, *OTHER_IDEAS]}
LISTED_AT = {"round-6": "2013-03-21 12:00", "round-7": "2013-09-20 12:00"}
COORDINATORS = {text.slug: text.coordinators[0] for text in COMMUNITIES}


def ideas(stage: Stage) -> Iterator[Deed]:
    """The way of every idea."""
    for idea in IDEAS.values():
        yield Deed(idea.inserted_at, partial(_propose, stage, idea))
        for point in idea.points:
            yield from _review(stage, idea, point)
        if idea.approved_at:
            yield Deed(idea.approved_at, partial(_approve, stage, idea))
        for round in idea.rounds:
            yield Deed(LISTED_AT[round], partial(_list, stage, idea, round))


def _propose(stage: Stage, idea: Idea, at: datetime) -> None:
    proposer = stage.people[idea.proposed_by or idea.mentors[0]]
    project = actions.propose_idea(
        community=stage.communities[idea.community],
        by=proposer,
        will_mentor=not idea.proposed_by,
        **_fields(idea),
    )
    stage.idea_keys[idea.key] = project.pk
    # The action dates an idea by today, which this is only in the story.
    verified_on = stage.calendar.day(idea.verified_on) if idea.verified_on else None
    Project.objects.filter(pk=project.pk).update(inserted_on=at.date(), verified_on=verified_on)
    if idea.is_published:
        actions.publish_idea(project=project, by=proposer)
    for key in idea.mentors[1:]:
        actions.offer_to_mentor(project=project, by=stage.people[key])
        mentorship = Mentorship.objects.get(project=project, user=stage.people[key])
        actions.confirm_mentor(mentorship=mentorship, by=stage.people[COORDINATORS[idea.community]])


def _fields(idea: Idea) -> dict[str, object]:
    copied = [
        "title", "summary", "description", "outcomes", "steps", "skills", "references", "system_requirements",
        "channels",
    ]  # fmt: skip
    return {name: getattr(idea, name) for name in copied} | {
        "difficulty_from": idea.difficulty[0],
        "difficulty_to": idea.difficulty[1],
        "also_gsoc": idea.gsoc,
        "required_skills": list(idea.required),
        "preferred_skills": list(idea.preferred),
    }


def _review(stage: Stage, idea: Idea, point: Point) -> Iterator[Deed]:
    """A point's opening, answer and resolution, as far as they are written."""
    opened: list[ReviewPoint] = []

    def open_point(_at: datetime) -> None:
        by = stage.people[point.by]
        opened.append(
            actions.open_point(project=stage.idea(idea.key), by=by, body=point.body, section=point.section)
        )  # fmt: skip

    yield Deed(point.at, open_point)
    if point.answer:
        answerer = stage.people[point.answered_by]
        yield Deed(
            point.answered_at, lambda _at: actions.answer_point(point=opened[0], by=answerer, body=point.answer)
        )  # fmt: skip
    if point.resolved_at:
        yield Deed(point.resolved_at, lambda _at: actions.resolve_point(point=opened[0], by=stage.people[point.by]))


def _approve(stage: Stage, idea: Idea, _at: datetime) -> None:
    project = stage.idea(idea.key)
    actions.approve_idea(project=project, by=stage.people[idea.approved_by], seen_revision=project.revision)


def _list(stage: Stage, idea: Idea, round: str, _at: datetime) -> None:
    coordinator = stage.people[COORDINATORS[idea.community]]
    actions.list_project(project=stage.idea(idea.key), round=stage.round(round), by=coordinator)
