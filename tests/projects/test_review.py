"""Peer review: points and their threads, approvals, and the step to "reviewed"."""

from typing import Any

import pytest
from django.urls import reverse

from opw.audit.models import Event
from opw.errors import Refused
from projects import actions
from projects.models import Approval, Project, ReviewPoint
from projects.readiness import unmet_conditions
from tests import make

pytestmark = pytest.mark.django_db

State = Project.State


def state_of(project: Project) -> str:
    return Project.objects.get(pk=project.pk).state


def test_an_idea_with_everything_is_reviewed_by_its_approval():
    project = make.idea()
    maintainer = project.community.maintainers.get()

    actions.approve_idea(project=project, by=maintainer, seen_revision=1)

    project.refresh_from_db()
    deeds = Event.objects.about(project).order_by("pk").values_list("deed", flat=True)
    assert project.state == State.REVIEWED
    assert project.reviewed_at
    assert list(deeds) == ["idea_approved", "idea_reviewed"]


@pytest.mark.parametrize(
    ("section", "heading"),
    [("description", "Description"), ("outcomes", "Outcomes"), ("steps", "Steps"), ("skills", "Skills")],
)
def test_an_idea_without_a_section_is_not_reviewed(section, heading):
    blank: dict[str, Any] = {section: " \n"}
    project = make.idea(**blank)

    actions.approve_idea(project=project, by=project.community.maintainers.get(), seen_revision=1)

    assert state_of(project) == State.IN_REVIEW
    assert unmet_conditions(project) == [f"{heading} is not written."]


def test_an_idea_without_a_confirmed_mentor_is_reviewed_when_one_is():
    project = make.idea()
    mentorship = project.mentorships.get()
    project.mentorships.update(confirmed_at=None)

    actions.approve_idea(project=project, by=project.community.maintainers.get(), seen_revision=1)
    unmet, before = unmet_conditions(project), state_of(project)
    mentorship.refresh_from_db()
    actions.confirm_mentor(mentorship=mentorship, by=make.coordinator_of(project))

    assert (before, unmet) == (State.IN_REVIEW, ["It looks for a mentor: nobody has confirmed."])
    assert state_of(project) == State.REVIEWED


def test_an_idea_with_an_open_point_is_reviewed_when_it_is_resolved():
    project, author = make.idea(), make.user()

    point = actions.open_point(project=project, by=author, body="Which driver?")
    actions.approve_idea(project=project, by=project.community.maintainers.get(), seen_revision=1)
    unmet, before = unmet_conditions(project), state_of(project)
    actions.answer_point(point=point, by=make.user(), body="The one for disks.")
    answered = state_of(project)
    actions.resolve_point(point=point, by=author)

    assert unmet == ["1 review point is not resolved."]
    assert (before, answered) == (State.IN_REVIEW, State.IN_REVIEW)
    assert state_of(project) == State.REVIEWED


def test_an_idea_without_an_approval_is_not_reviewed():
    project = make.idea(state=State.IN_REVIEW)
    point = make.point(project)

    actions.resolve_point(point=point, by=make.author_of(point))

    assert state_of(project) == State.IN_REVIEW
    assert unmet_conditions(project) == ["No maintainer who does not mentor it has approved its newest revision."]


def test_an_approval_of_who_became_a_mentor_does_not_count():
    project = make.idea(state=State.IN_REVIEW)
    maintainer = project.community.maintainers.get()
    make.approval(project)

    make.mentorship(project, maintainer, confirmed=False)

    assert unmet_conditions(project) == ["No maintainer who does not mentor it has approved its newest revision."]


def test_an_approval_by_import_counts():
    project = make.idea(state=State.IN_REVIEW)

    Approval.objects.create(project=project, revision=project.revision, by_import=True)

    assert unmet_conditions(project) == []


def test_a_revision_that_was_not_read_is_not_approved():
    project = make.idea(revision=2)

    with pytest.raises(Refused, match="newest revision"):
        actions.approve_idea(project=project, by=project.community.maintainers.get(), seen_revision=1)

    assert not project.approvals.exists()


@pytest.mark.parametrize("state", [State.DRAFT, State.REVIEWED, State.ARCHIVED, State.WITHDRAWN])
def test_there_is_nothing_to_approve_outside_of_review(state):
    project = make.project(state=state)

    with pytest.raises(Refused, match="nothing to approve"):
        actions.approve_idea(project=project, by=project.community.maintainers.get(), seen_revision=1)


def test_approving_twice_is_approving_once():
    project = make.idea(outcomes="")
    maintainer = project.community.maintainers.get()

    audited = []
    for _ in range(2):
        actions.approve_idea(project=project, by=maintainer, seen_revision=1)
        audited.append(Event.objects.filter(deed="idea_approved").count())

    assert project.approvals.get().by == maintainer
    assert audited == [1, 1]


def test_the_first_point_takes_an_idea_into_review():
    project = make.idea()

    point = actions.open_point(project=project, by=make.user(), body="Which driver?", section="steps")

    assert state_of(project) == State.IN_REVIEW
    assert (point.state, point.section) == (ReviewPoint.State.OPEN, "steps")


def test_a_point_is_answered_by_somebody_else_than_its_author():
    point = make.point(make.idea())

    actions.answer_point(point=point, by=make.author_of(point), body="I mean the disk driver.")
    point.refresh_from_db()
    by_author = point.state
    actions.answer_point(point=point, by=make.user(), body="That one.")

    point.refresh_from_db()
    assert (by_author, point.state) == (ReviewPoint.State.OPEN, ReviewPoint.State.ANSWERED)
    assert [reply.body for reply in point.replies.all()] == ["I mean the disk driver.", "That one."]


def test_somebody_elses_point_is_resolved_with_a_reason():
    project = make.idea()
    point, coordinator = make.point(project), make.coordinator_of(project)

    with pytest.raises(Refused, match="Say why"):
        actions.resolve_point(point=point, by=coordinator, because=" ")
    actions.resolve_point(point=point, by=coordinator, because="Its author left.")

    point.refresh_from_db()
    assert (point.resolved_by, point.resolved_because) == (coordinator, "Its author left.")
    assert point.state == ReviewPoint.State.RESOLVED


def test_a_resolved_point_is_not_answered_or_resolved_again():
    point = make.point(make.idea())
    actions.resolve_point(point=point, by=make.author_of(point))

    with pytest.raises(Refused, match="Open a new one"):
        actions.answer_point(point=point, by=make.user(), body="One thing more.")
    with pytest.raises(Refused, match="resolved already"):
        actions.resolve_point(point=point, by=make.author_of(point))


def test_an_approval_says_what_the_idea_still_lacks(client):
    project = make.idea(outcomes="")
    make.point(project)
    client.force_login(project.community.maintainers.get())
    address = reverse("projects:approve", args=[project.community.slug, project.slug])

    page = client.post(address, {"seen_revision": 1}, follow=True)

    assert "once the rest is met: Outcomes is not written. 1 review point is not resolved." in page.text
    assert "You approved revision 1." in page.text
    assert "Approve revision 1" not in page.text


def test_listing_an_idea_is_refused_with_the_reasons_in_words():
    project = make.idea(outcomes="")

    with pytest.raises(Refused, match="Outcomes is not written"):
        actions.list_project(project=project, round=make.round(), by=make.coordinator_of(project))


def test_a_remark_begins_beside_its_section(client):
    project = make.idea()
    client.force_login(make.user())

    page = client.get(project.get_absolute_url())
    form = client.get(reverse("projects:open_point", args=[project.community.slug, project.slug]) + "?section=steps")

    assert "Remark on steps" in page.text
    assert form.context["form"]["section"].value() == "steps"
