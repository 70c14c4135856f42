"""A new draft that begins with what another idea says."""

import pytest
from django.urls import reverse

from projects.actions.ideas import tag_skills
from projects.models import Difficulty, Project
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def original() -> Project:
    """A reviewed and listed project with everything that does not go along."""
    project = make.project(
        summary="Faster.", channels="#boot", also_gsoc=True, difficulty_from=Difficulty.BASIC,
        difficulty_to=Difficulty.MEDIUM, verified_on="2013-09-01", inserted_on="2013-01-01", import_key="boot",
    )  # fmt: skip
    tag_skills(project, required=["C"], preferred=["Perl"])
    make.approval(project)
    make.point(project)
    make.task(project)
    make.listing(make.participation(of=project.community), project=project)
    return project


def copy(client, original: Project, **form) -> Project:
    client.post(reverse("projects:copy", args=[original.community.slug, original.slug]), form)
    return Project.objects.latest("pk")


def test_a_copy_is_a_draft_of_the_copiers_own_with_what_the_idea_says(client, original):
    person, elsewhere = make.user(), make.community()
    client.force_login(person)

    made = copy(client, original, community=elsewhere.pk, title="Boot elsewhere")

    skills = {tag.skill.name: tag.is_required for tag in made.skill_tags.all()}
    assert (made.state, made.proposed_by, made.community) == (Project.State.DRAFT, person, elsewhere)
    assert made.snapshot() == original.snapshot() | {"title": "Boot elsewhere"}
    assert (made.channels, skills) == ("#boot", {"C": True, "Perl": False})


def test_what_belongs_to_the_original_stays_there(client, original):
    client.force_login(make.user())

    made = copy(client, original, community=original.community.pk, title=original.title)

    related = [made.points, made.approvals, made.listings, made.mentorships, made.starter_tasks]
    assert not any(things.exists() for things in related)
    assert (made.revision, made.reviewed_at, made.verified_on, made.import_key) == (1, None, None, "")
    assert made.inserted_on != original.inserted_on


def test_a_copy_says_where_it_came_from(client, original):
    client.force_login(make.user())
    made = copy(client, original, community=original.community.pk, title="Boot again")

    page = client.get(made.get_absolute_url())

    assert "Copied from" in page.text
    assert f'href="{original.get_absolute_url()}">{original.title}</a>' in page.text


def test_a_copy_of_ones_own_draft_does_not_tell_others_of_the_draft(client):
    draft = make.project(state=Project.State.DRAFT, title="A secret plan")
    client.force_login(make.proposer_of(draft))
    made = copy(client, draft, community=draft.community.pk, title="A plan for everybody")
    client.post(reverse("projects:publish", args=[made.community.slug, made.slug]))
    client.logout()

    page = client.get(made.get_absolute_url())

    assert page.status_code == 200
    assert "Copied from" not in page.text
    assert "A secret plan" not in page.text


def test_somebody_elses_draft_is_not_copied(client):
    draft = make.project(state=Project.State.DRAFT)
    client.force_login(make.user())

    page = client.post(
        reverse("projects:copy", args=[draft.community.slug, draft.slug]),
        {"community": draft.community.pk, "title": "Mine now"},
    )

    assert page.status_code == 404
    assert Project.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "x" * 201}, {"community": ""}, {"community": "999999"}])
def test_a_copy_that_cannot_be_is_asked_for_again_with_what_was_typed(client, original, wrong):
    client.force_login(make.user())
    form = {"community": original.community.pk, "title": "Boot again"} | wrong

    page = client.post(reverse("projects:copy", args=[original.community.slug, original.slug]), form)

    assert Project.objects.count() == 1
    assert page.context["form"].errors.keys() == wrong.keys()
    assert page.context["form"]["title"].value() == form["title"]
