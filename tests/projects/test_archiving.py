"""Putting ideas away and taking them out again."""

import pytest
from django.urls import reverse

from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds.models import Phase
from projects import actions
from projects.models import Project
from tests import make

pytestmark = pytest.mark.django_db

State = Project.State


def of(project: Project, name: str) -> str:
    return reverse(f"projects:{name}", args=[project.community.slug, project.slug])


def reviewed() -> Project:
    """A project that meets every condition."""
    project = make.project()
    make.approval(project)
    return project


def archived(project: Project) -> Project:
    actions.archive_idea(project=project, by=make.coordinator_of(project))
    project.refresh_from_db()
    return project


@pytest.mark.parametrize("state", [State.IDEA, State.IN_REVIEW, State.REVIEWED])
def test_a_coordinator_archives_what_is_out_of_its_draft(client, state):
    project = make.project(state=state)
    coordinator = make.coordinator_of(project)
    client.force_login(coordinator)

    page = client.post(of(project, "archive"), follow=True)

    project.refresh_from_db()
    event = Event.objects.about(project).get()
    assert project.state == State.ARCHIVED
    assert (event.deed, event.actor, event.before) == ("idea_archived", coordinator, {"state": state})
    assert of(project, "take_out") in page.text


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN, State.ARCHIVED])
def test_nothing_else_is_archived(state):
    project = make.project(state=state)

    with pytest.raises(Refused, match="cannot be archived"):
        archived(project)

    project.refresh_from_db()
    assert project.state == state


def test_what_a_round_lists_is_not_archived(client):
    listing = make.listing()
    client.force_login(make.coordinator_of(listing))

    offered = client.get(listing.project.get_absolute_url())
    page = client.post(of(listing.project, "archive"), follow=True)

    listing.project.refresh_from_db()
    assert listing.project.state == State.REVIEWED
    assert f"listed in {listing.round}" in page.text
    assert of(listing.project, "archive") not in offered.text


@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.INTERNSHIP, Phase.FINISHED])
def test_once_its_rounds_results_are_out_a_project_can_be_archived(phase):
    listing = make.listing(make.participation(phase=phase))

    assert archived(listing.project).state == State.ARCHIVED


def test_a_listing_that_was_withdrawn_keeps_nothing_out_of_the_archive():
    listing = make.listing()
    listing.withdrawn_at = listing.listed_at
    listing.save()

    assert archived(listing.project).state == State.ARCHIVED


def test_an_archived_project_stays_at_its_address_and_is_not_offered(client):
    listing = make.listing(make.participation(phase=Phase.FINISHED))
    project = archived(listing.project)

    page = client.get(project.get_absolute_url())

    assert page.status_code == 200
    assert "archived" in page.text
    with pytest.raises(Refused, match="Only a reviewed project"):
        actions.list_project(project=project, round=make.round(), by=make.coordinator_of(project))


def test_taken_out_it_is_reviewed_as_it_was(client):
    project = archived(reviewed())
    since = project.reviewed_at
    client.force_login(make.coordinator_of(project))

    client.post(of(project, "take_out"))

    project.refresh_from_db()
    assert (project.state, project.reviewed_at) == (State.REVIEWED, since)


def test_taken_out_without_what_a_review_needs_it_is_reviewed_again():
    project = reviewed()
    archived(project)
    project.mentorships.all().delete()

    actions.take_out_of_archive(project=project, by=make.coordinator_of(project))

    project.refresh_from_db()
    assert project.state == State.IN_REVIEW


def test_an_idea_that_nobody_has_looked_at_is_an_idea_again():
    project = archived(make.idea())

    actions.take_out_of_archive(project=project, by=make.coordinator_of(project))

    project.refresh_from_db()
    assert project.state == State.IDEA


def test_an_idea_whose_last_point_was_resolved_in_the_archive_is_reviewed_when_it_is_taken_out():
    project = make.idea(state=State.IN_REVIEW)
    make.approval(project)
    point = make.point(project)
    archived(project)
    actions.resolve_point(point=point, by=make.author_of(point))

    actions.take_out_of_archive(project=project, by=make.coordinator_of(project))

    project.refresh_from_db()
    assert project.state == State.REVIEWED
    assert project.reviewed_at


def test_only_what_is_archived_is_taken_out():
    project = make.project()

    with pytest.raises(Refused, match="not in the archive"):
        actions.take_out_of_archive(project=project, by=make.coordinator_of(project))
