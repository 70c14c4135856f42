"""What a review tells by letter: grouped by the hour, each to those concerned, and to nobody who does not want it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from opw.accounts.models import User
from opw.mail.actions import opt_out
from opw.mail.models import Letter, Topic
from projects import actions
from projects.models import Approval, Project
from tests import make

pytestmark = pytest.mark.django_db


def recipients() -> set[Any]:
    return {letter.recipient for letter in Letter.objects.select_related("recipient")}


def mentor_of(project: Project) -> User:
    mentor = project.mentorships.confirmed()[0].user
    assert mentor
    return mentor


def change(project: Project, *, by: User | None = None, **fields: Any) -> None:
    project.refresh_from_db()
    actions.edit_idea(project=project, by=by or make.user(), **fields)


def approved_idea() -> tuple[Project, User]:
    """An idea that is not complete, and the maintainer who approved it."""
    project = make.idea(outcomes="")
    maintainer = project.community.maintainers.get()
    make.approval(project, by=maintainer)
    return project, maintainer


def test_a_point_is_told_to_the_mentors_and_the_proposer():
    project = make.idea()
    make.mentorship(project, make.user(), confirmed=False)
    project.mentorships.create(name="Somebody of the wiki", confirmed_at=timezone.now())

    actions.open_point(project=project, by=make.user("Kim"), body="<b>Which</b> driver?", section="steps")

    assert recipients() == {mentor_of(project), make.proposer_of(project)}
    letter = Letter.objects.filter(recipient=mentor_of(project)).get()
    assert letter.topic == Topic.REVIEW
    assert "Kim remarked on Steps" in letter.text
    assert f"{project.get_absolute_url()}#review" in letter.text
    assert "Which" not in letter.text


def test_nobody_is_told_of_her_own_point():
    project = make.idea()
    project.proposed_by = mentor_of(project)
    project.save()

    actions.open_point(project=project, by=mentor_of(project), body="Which driver?")

    assert recipients() == set()


def test_an_imported_idea_without_a_proposer_has_its_points_told_to_its_mentors():
    project = make.idea(proposed_by=None)

    actions.open_point(project=project, by=make.user(), body="Which driver?")

    assert recipients() == {mentor_of(project)}


def test_an_answer_is_told_to_the_author_of_the_point():
    project = make.idea()
    point = make.point(project, section="steps")

    actions.answer_point(point=point, by=mentor_of(project), body="That one.")

    assert recipients() == {make.author_of(point)}
    assert "your remark on Steps was answered" in Letter.objects.get().text


def test_what_the_author_adds_opens_her_point_again_and_is_told_to_the_writers():
    project = make.idea()
    point = make.point(project, section="steps")
    actions.answer_point(point=point, by=mentor_of(project), body="That one.")
    Letter.objects.all().delete()

    actions.answer_point(point=point, by=make.author_of(point), body="No, the other one.")

    point.refresh_from_db()
    assert point.state == "open"
    assert recipients() == {mentor_of(project), make.proposer_of(project)}


def test_a_resolved_point_is_told_to_the_writers_and_to_its_author_if_another_resolved_it():
    project = make.idea()
    mine, other = make.point(project), make.point(project)

    actions.resolve_point(point=mine, by=make.author_of(mine))
    by_herself = recipients()
    Letter.objects.all().delete()
    actions.resolve_point(point=other, by=make.coordinator_of(project), because="Its author has left.")

    writers = {mentor_of(project), make.proposer_of(project)}
    assert by_herself == writers
    assert recipients() == writers | {make.author_of(other)}


def test_a_published_idea_is_told_to_who_may_review_it():
    project = make.project(state=Project.State.DRAFT)
    community = project.community
    mentoring = make.user()
    community.maintainers.add(mentoring, make.proposer_of(project))
    make.mentorship(project, mentoring)

    actions.publish_idea(project=project, by=make.proposer_of(project))
    actions.publish_idea(project=make.project(community, state=Project.State.DRAFT), by=make.user())

    reviewers = [make.coordinator_of(project), community.maintainers.earliest("pk")]
    found = [
        Letter.objects.filter(recipient=reviewer, key__startswith="review-waits").count() for reviewer in reviewers
    ]
    assert found == [1, 1]
    first = Letter.objects.filter(subject=f"An idea waits for review: {project.title}")
    assert {letter.recipient for letter in first} == set(reviewers)


def test_a_reviewed_project_is_told_to_its_writers_and_the_coordinators():
    project = make.idea()
    maintainer = project.community.maintainers.get()

    actions.approve_idea(project=project, by=maintainer, seen_revision=1)

    assert recipients() == {mentor_of(project), make.proposer_of(project), make.coordinator_of(project)}
    assert {letter.subject for letter in Letter.objects.all()} == {f"Reviewed: {project.title}"}


def test_letters_of_reviews_are_ended_and_begun_again_in_the_profile(client):
    project = make.idea(proposed_by=None)
    mentor = mentor_of(project)
    client.force_login(mentor)
    profile = {"name": mentor.name, "timezone": "UTC"}

    client.post(reverse("accounts:profile"), profile)
    actions.open_point(project=project, by=make.user(), body="Which driver?")
    without = recipients()
    client.post(reverse("accounts:profile"), profile | {"review_letters": "on"})
    actions.open_point(project=project, by=make.user(), body="Which disk?")

    assert (without, recipients()) == (set(), {mentor})


def test_a_point_of_the_wiki_has_nobody_to_tell():
    project = make.idea()
    point = project.points.create(author_name="Somebody of the wiki", body="Which driver?")

    actions.answer_point(point=point, by=mentor_of(project), body="That one.")

    assert recipients() == set()


def test_an_hour_of_review_is_one_letter_a_person_and_idea_sent_when_it_is_over():
    project, other = make.idea(proposed_by=None), make.idea(proposed_by=None)

    for _ in range(3):
        actions.open_point(project=project, by=make.user(), body="Which driver?")
    actions.open_point(project=other, by=make.user(), body="Which driver?")

    letters = list(Letter.objects.order_by("pk"))
    assert [letter.recipient for letter in letters] == [mentor_of(project), mentor_of(other)]
    for letter in letters:
        assert timedelta(0) < letter.next_try_at - letter.written_at <= timedelta(hours=1)
        assert (letter.next_try_at.minute, letter.next_try_at.second) == (0, 0)


def test_the_next_hour_has_a_letter_of_its_own():
    project = make.idea(proposed_by=None)
    actions.open_point(project=project, by=make.user(), body="Which driver?")
    last_hour = (timezone.now() - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0).isoformat()
    Letter.objects.update(key=f"review:{project.pk}:{mentor_of(project).pk}:{last_hour}")

    actions.open_point(project=project, by=make.user(), body="Which disk?")

    assert Letter.objects.count() == 2


def test_who_opted_out_is_told_nothing():
    project, maintainer = approved_idea()
    for person in (maintainer, mentor_of(project)):
        opt_out(person_id=person.pk, topic=Topic.REVIEW)

    actions.open_point(project=project, by=make.user(), body="Which driver?")
    change(project, steps="1. Start again")

    assert recipients() == {make.proposer_of(project)}


def test_a_material_edit_tells_those_whose_approvals_it_ended_what_changed():
    project, maintainer = approved_idea()
    Approval.objects.create(project=project, revision=1, by_import=True)

    change(project, steps="1. Start again", difficulty_from=1, difficulty_to=2)

    letter = Letter.objects.get()
    address = f"{project.get_absolute_url()}compare/?one=1&other=2"
    assert (letter.recipient, letter.topic) == (maintainer, Topic.REVIEW)
    assert "What changed: Difficulty, Steps." in letter.text
    assert address in letter.text
    assert address.replace("&", "&amp;") in letter.html


def test_only_the_edit_that_ended_an_approval_tells_of_it():
    project, maintainer = approved_idea()

    change(project, title=f" {project.title}", also_gsoc=True)
    immaterial = recipients()
    change(project, steps="1. Start again")
    change(project, steps="1. Start at last")

    assert (immaterial, [letter.recipient for letter in Letter.objects.all()]) == (set(), [maintainer])


def test_who_ends_her_own_approval_knows_it():
    project, maintainer = approved_idea()

    change(project, by=maintainer, steps="1. Start again")

    assert recipients() == set()


def test_an_edit_that_is_refused_tells_nobody():
    project, _maintainer = approved_idea()

    with pytest.raises(Exception, match="title"):
        change(project, steps="1. Start again", title="")

    assert recipients() == set()
