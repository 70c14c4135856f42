"""Edits: material ones end the approvals, others do not, and nobody overwrites what she did not see."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from opw.errors import Refused
from projects import actions
from projects.models import Difficulty, Project
from tests import make

pytestmark = pytest.mark.django_db

State = Project.State


def reviewed() -> Project:
    project = make.project(difficulty_from=Difficulty.BASIC, difficulty_to=Difficulty.MEDIUM)
    make.approval(project)
    return project


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"summary": "Another summary."},
        {"description": "Boot even faster."},
        {"outcomes": "It boots in two seconds."},
        {"steps": "1. Mend\n2. Measure"},
        {"skills": "Rust."},
        {"references": "A book."},
        {"system_requirements": "A second machine."},
        {"difficulty_from": Difficulty.MEDIUM},
        {"difficulty_to": Difficulty.DIFFICULT},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_material_edit_ends_the_approvals_and_goes_back_to_review(change):
    project = reviewed()

    actions.edit_idea(project=project, by=make.mentor_of(make.listing(project=project)), **change)

    project.refresh_from_db()
    assert (project.state, project.revision) == (State.IN_REVIEW, 2)
    assert not project.approvals.standing().exists()
    assert project.approvals.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"description": "  Boot   faster.\n\n"},
        {"steps": "1. Measure\r\n\r\n2.  Mend"},
        {"channels": "#boot"},
        {"also_gsoc": True},
        {"verified_on": "2026-11-01"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edit_of_white_space_or_of_particulars_leaves_the_approvals(change):
    project = reviewed()

    actions.edit_idea(project=project, by=make.user(), **change)

    project.refresh_from_db()
    assert (project.state, project.revision) == (State.REVIEWED, 1)
    assert project.approvals.standing().count() == 1


def test_a_live_listing_stays_when_its_project_goes_back_to_review():
    listing = make.listing(project=reviewed())

    actions.edit_idea(project=listing.project, by=make.mentor_of(listing), steps="1. Start again")

    listing.refresh_from_db()
    assert listing.is_live


def test_an_approved_revision_that_changed_needs_a_new_approval():
    project = reviewed()
    maintainer = project.community.maintainers.get()

    actions.edit_idea(project=project, by=make.user(), steps="1. Start again")
    actions.approve_idea(project=project, by=maintainer, seen_revision=2)

    project.refresh_from_db()
    assert project.state == State.REVIEWED
    assert [(one.revision, one.ended_at is None) for one in project.approvals.all()] == [(1, False), (2, True)]


def test_an_edit_of_an_idea_leaves_it_an_idea():
    project = make.idea()

    actions.edit_idea(project=project, by=make.proposer_of(project), steps="1. Start again")

    project.refresh_from_db()
    assert (project.state, project.revision) == (State.IDEA, 2)


def test_an_edit_of_what_its_writer_did_not_see_is_refused():
    project = make.idea(steps="1. Measure")

    actions.edit_idea(project=project, by=make.user(), seen={"steps": "1. Measure"}, steps="1. Hers")
    with pytest.raises(Refused, match="Somebody else changed this idea"):
        actions.edit_idea(project=project, by=make.user(), seen={"steps": "1. Measure"}, steps="1. His")

    project.refresh_from_db()
    assert project.steps == "1. Hers"


def test_the_difficulty_goes_from_the_lower_to_the_higher():
    project = make.idea()

    with pytest.raises(ValidationError, match="lower to the higher"):
        actions.edit_idea(
            project=project, by=make.user(), difficulty_from=Difficulty.DIFFICULT, difficulty_to=Difficulty.BASIC
        )


def test_a_difficulty_out_of_order_comes_back_with_its_reason(client):
    project = make.idea()
    client.force_login(make.proposer_of(project))
    typed = make.form_of(project, "basics", difficulty_from=3, difficulty_to=1)

    page = client.post(reverse("projects:edit", args=[project.community.slug, project.slug]), typed)

    assert page.status_code == 200
    assert "from the lower to the higher" in page.text


def test_every_revision_is_kept_and_signed():
    project, first, second = make.idea(), make.user(), make.user()

    actions.edit_idea(project=project, by=first, steps="1. Hers")
    actions.edit_idea(project=project, by=second, steps="1. His")

    kept = project.history.order_by("history_id").values_list("steps", "history_user")
    assert list(kept)[1:] == [("1. Hers", first.pk), ("1. His", second.pk)]
