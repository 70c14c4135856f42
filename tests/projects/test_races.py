"""Proposers, editors and coordinators at the same moment."""

import pytest
from django.urls import reverse

from projects.models import Listing, Project
from tests import make
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_title_proposed_four_times_at_once_has_four_addresses():
    community = make.community()
    address = reverse("projects:propose", args=[community.slug])

    pages = together(*(posting(browser_of(make.user()), address, {"title": "Boot faster"}) for _ in range(4)))

    slugs = Project.objects.values_list("slug", flat=True)
    assert [page.status_code for page in pages] == [200] * 4
    assert sorted(slugs) == ["boot-faster", "boot-faster-2", "boot-faster-3", "boot-faster-4"]


def test_of_two_edits_of_one_revision_one_is_kept_and_the_other_comes_back():
    project = make.idea()
    address = reverse("projects:edit", args=[project.community.slug, project.slug])
    texts = ["1. Hers", "1. His"]
    forms = [{"title": project.title, "steps": text, "seen_revision": 1} for text in texts]
    author = make.proposer_of(project)

    pages = together(*(posting(browser_of(author), address, form) for form in forms))

    kept = ["Somebody else changed this idea" not in page.text for page in pages]
    project.refresh_from_db()
    assert sorted(kept) == [False, True]
    assert (project.steps, project.revision) == (texts[kept.index(True)], 2)
    assert texts[kept.index(False)] in pages[kept.index(False)].text


def test_a_project_listed_twice_at_once_is_listed_once():
    participation = make.participation()
    project = make.project(participation.community)
    coordinator = make.coordinator_of(project)
    address = reverse("projects:list_in_round", args=[project.community.slug, project.slug])

    pages = together(*(posting(browser_of(coordinator), address, {"interns_wanted": 1}) for _ in range(4)))

    assert [page.status_code for page in pages] == [200] * 4
    assert Listing.objects.count() == 1


def test_an_idea_approved_while_it_is_edited_is_not_reviewed_unread():
    project = make.idea()
    maintainer, author = project.community.maintainers.get(), make.proposer_of(project)
    place = [project.community.slug, project.slug]
    edit = {"title": project.title, "summary": "", "seen_revision": 1} | make.SECTIONS | {"steps": "1. Start again"}

    together(
        posting(browser_of(maintainer), reverse("projects:approve", args=place), {"seen_revision": 1}),
        posting(browser_of(author), reverse("projects:edit", args=place), edit),
    )

    project.refresh_from_db()
    if project.revision == 2:
        assert project.state in (Project.State.IDEA, Project.State.IN_REVIEW)
        assert not project.approvals.standing().exists()
    else:
        assert project.state == Project.State.REVIEWED
