"""What the database itself keeps true of ideas, whatever the code forgets."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from projects.models import Approval, Intern, Project
from tests import make

pytestmark = pytest.mark.django_db


def one_address_for_two():
    project = make.idea()
    make.idea(project.community, slug=project.slug)


def imported_twice():
    project = make.idea(import_key="boot-faster")
    make.idea(project.community, import_key="boot-faster")


def half_a_difficulty():
    make.idea(difficulty_from=1)


def a_difficulty_upside_down():
    make.idea(difficulty_from=3, difficulty_to=1)


def reviewed_at_no_time():
    project = make.idea()
    Project.objects.filter(pk=project.pk).update(state="reviewed")


def mentoring_twice():
    project = make.idea()
    make.mentorship(project, project.mentorships.get().user or make.user())


def a_mentor_without_a_name():
    make.idea().mentorships.create(name="")


def resolved_by_nobody():
    make.point(make.idea(), resolved_at=timezone.now())


def approved_twice():
    project = make.idea()
    for _ in range(2):
        make.approval(project)


def approved_by_nobody():
    Approval.objects.create(project=make.idea(), revision=1)


def approved_by_somebody_and_an_import():
    Approval.objects.create(project=make.idea(), revision=1, by=make.user(), by_import=True)


def listed_twice():
    listing = make.listing()
    make.listing(listing.participation, project=listing.project)


def wanting_no_intern():
    make.listing(interns_wanted=0)


def two_internships():
    round, person, project = make.round(), make.user(), make.project()
    for _ in range(2):
        Intern.objects.create(round=round, project=project, person=person)


@pytest.mark.parametrize(
    ("state", "constraint"),
    [
        (one_address_for_two, "one_address_per_project"),
        (imported_twice, "one_import_per_project"),
        (half_a_difficulty, "difficulty_is_a_range"),
        (a_difficulty_upside_down, "difficulty_is_a_range"),
        (reviewed_at_no_time, "reviewed_projects_know_since_when"),
        (mentoring_twice, "one_mentorship_per_person"),
        (a_mentor_without_a_name, "mentors_have_a_name"),
        (resolved_by_nobody, "resolved_points_know_by_whom"),
        (approved_twice, "one_approval_per_revision"),
        (approved_by_nobody, "approvals_are_by_somebody"),
        (approved_by_somebody_and_an_import, "approvals_are_by_somebody"),
        (listed_twice, "one_listing_per_round"),
        (wanting_no_intern, "listing_wants_an_intern"),
        (two_internships, "one_internship_per_round"),
    ],
)
def test_the_database_refuses(state, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        state()


def test_ideas_without_an_import_key_are_as_many_as_one_likes():
    community = make.community()

    for _ in range(2):
        make.idea(community)

    assert community.projects.count() == 2
