"""Proposers, editors and coordinators at the same moment."""

import pytest
from django.urls import reverse

from opw.audit.models import Event
from projects.models import IdeaDraft, Listing, Project, StarterTask
from projects.models.tasks import CLAIM_LASTS
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
    address = reverse("projects:edit", args=[project.community.slug, project.slug, "steps"])
    texts = ["1. Hers", "1. His"]
    forms = [make.form_of(project, "steps", steps=text) for text in texts]
    author = make.proposer_of(project)

    pages = together(*(posting(browser_of(author), address, form) for form in forms))

    kept = ["Somebody else changed this idea" not in page.text for page in pages]
    project.refresh_from_db()
    assert sorted(kept) == [False, True]
    assert (project.steps, project.revision) == (texts[kept.index(True)], 2)
    assert texts[kept.index(False)] in pages[kept.index(False)].text


def test_one_draft_kept_four_times_at_once_is_one_draft():
    project = make.idea()
    address = reverse("projects:keep_draft", args=[project.community.slug, project.slug, "steps"])
    author = make.proposer_of(project)
    texts = [f"1. Window {number}" for number in range(4)]

    answers = together(
        *(posting(browser_of(author), address, make.form_of(project, "steps", steps=text)) for text in texts)
    )

    statuses = [answer.status_code for answer in answers]
    assert sorted(statuses) == [200, 409, 409, 409]
    assert IdeaDraft.objects.get().typed == {"steps": texts[statuses.index(200)]}


def test_a_project_listed_twice_at_once_is_listed_once():
    participation = make.participation()
    project = make.project(participation.community)
    coordinator = make.coordinator_of(project)
    address = reverse("projects:list_in_round", args=[project.community.slug, project.slug])

    pages = together(*(posting(browser_of(coordinator), address, {"interns_wanted": 1}) for _ in range(4)))

    assert [page.status_code for page in pages] == [200] * 4
    assert Listing.objects.count() == 1


def test_a_project_archived_while_it_is_listed_is_one_or_the_other():
    participation = make.participation()
    project = make.project(participation.community)
    coordinator = make.coordinator_of(project)
    place = [project.community.slug, project.slug]

    pages = together(
        posting(browser_of(coordinator), reverse("projects:list_in_round", args=place), {"interns_wanted": 1}),
        posting(browser_of(coordinator), reverse("projects:archive", args=place)),
    )

    project.refresh_from_db()
    assert [page.status_code for page in pages] == [200, 200]
    assert (project.state == Project.State.ARCHIVED) != Listing.objects.exists()


def test_an_idea_approved_while_it_is_edited_is_not_reviewed_unread():
    project = make.idea()
    maintainer, author = project.community.maintainers.get(), make.proposer_of(project)
    place = [project.community.slug, project.slug]
    edit = make.form_of(project, "steps", steps="1. Start again")

    together(
        posting(browser_of(maintainer), reverse("projects:approve", args=place), {"seen_revision": 1}),
        posting(browser_of(author), reverse("projects:edit", args=[*place, "steps"]), edit),
    )

    project.refresh_from_db()
    if project.revision == 2:
        assert project.state in (Project.State.IDEA, Project.State.IN_REVIEW)
        assert not project.approvals.standing().exists()
    else:
        assert project.state == Project.State.REVIEWED


def claiming(task: StarterTask) -> str:
    return reverse("applications:claim_task", args=[task.pk])


def test_of_four_who_claim_a_task_at_once_one_has_it_and_the_others_are_told():
    listing = make.listing()
    task = make.task(listing.project)
    people = [make.user() for _ in range(4)]

    pages = together(*(posting(browser_of(person), claiming(task)) for person in people))

    won = ["The task is yours for a week." in page.text for page in pages]
    told = ["Somebody else has just taken this task." in page.text for page in pages]
    task.refresh_from_db()
    assert [page.status_code for page in pages] == [200] * 4
    assert sorted(won) == [False, False, False, True]
    assert told == [not one for one in won]
    assert task.claimed_by == people[won.index(True)]
    assert Event.objects.filter(deed="task_claimed").count() == 1


def test_who_claims_two_tasks_at_once_has_one():
    listing, person = make.listing(), make.user()
    tasks = [make.task(listing.project) for _ in range(4)]

    pages = together(*(posting(browser_of(person), claiming(task)) for task in tasks))

    assert [page.status_code for page in pages] == [200] * 4
    assert sorted("You hold “" in page.text for page in pages) == [False, True, True, True]
    assert StarterTask.objects.filter(claimed_by=person).count() == 1


def test_two_who_take_over_each_others_expired_tasks_do_not_wait_for_ever():
    listing = make.listing()
    long_ago = listing.round.published_at - CLAIM_LASTS
    people = [make.user(), make.user()]
    tasks = [make.task(listing.project, held_by=person, at=long_ago) for person in people]
    theirs = zip(people, reversed(tasks), strict=True)

    pages = together(*(posting(browser_of(person), claiming(task)) for person, task in theirs))

    assert ["The task is yours for a week." in page.text for page in pages] == [True, True]


def test_a_task_claimed_while_a_contribution_names_it_goes_wrong_for_nobody():
    listing = make.listing()
    task = make.task(listing.project)
    contribution = {"url": "https://git.example.org/1", "kind": "patch", "title": "A patch", "task": task.pk}
    contribute = reverse("applications:contribute", args=[listing.pk])

    pages = together(
        posting(browser_of(make.user()), claiming(task)), posting(browser_of(make.user()), contribute, contribution)
    )

    assert [page.status_code for page in pages] == [200, 200]
