"""Starter tasks as people see them: on the project's page, in the lists, in the forms."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Contribution
from opw.accounts.models import User
from opw.audit.models import Event
from opw.rounds.models import Phase
from projects.models import StarterTask
from projects.models.tasks import CLAIM_LASTS
from tests import make
from tests.cast import assemble

pytestmark = pytest.mark.django_db

WORDS = {"title": "Mend a test", "link": "https://bugs.example.org/7", "size": "day", "description": "*Begin* here."}


def browser(person: User | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def test_the_form_of_a_contribution_offers_her_task_and_refuses_another_persons():
    listing, holder = make.listing(), make.user()
    hers = make.task(listing.project, held_by=holder)
    taken = make.task(listing.project, held_by=make.user())
    address = reverse("applications:contribute", args=[listing.pk])
    client = browser(holder)

    shown = client.get(address).content.decode()
    form = {"url": "https://git.example.org/pull/1", "kind": "patch", "title": "A patch"}
    refused = client.post(address, form | {"task": taken.pk}).content.decode()
    client.post(address, form | {"task": hers.pk})

    assert f'<option value="{hers.pk}" selected>' in shown
    assert taken.title not in shown
    assert "Somebody else has taken that starter task" in refused
    assert Contribution.objects.get().task == hers


def test_a_mentor_offers_and_edits_a_task_in_the_browser():
    listing = make.listing()
    project, client = listing.project, browser(make.mentor_of(listing))

    client.post(reverse("projects:offer_task", args=[project.community.slug, project.slug]), WORDS)
    task = StarterTask.objects.get()
    client.post(reverse("projects:edit_task", args=[task.pk]), WORDS | {"title": "Mend two tests"})

    task.refresh_from_db()
    assert (task.project, task.title, task.size) == (project, "Mend two tests", "day")
    assert [event.deed for event in Event.objects.about(task)] == ["task_edited", "task_offered"]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://bugs.example.org/1", "data:text/html,x", "https://a b"])
def test_only_a_link_to_the_web_is_a_link(link):
    listing = make.listing()
    project = listing.project

    page = browser(make.mentor_of(listing)).post(
        reverse("projects:offer_task", args=[project.community.slug, project.slug]), WORDS | {"link": link}
    )

    assert page.status_code == 200
    assert not StarterTask.objects.exists()


@pytest.mark.parametrize(
    ("role", "sees_name", "sees_release"),
    [
        ("public", False, False),
        ("other applicant", False, False),
        ("other mentor", False, False),
        ("mentor", True, True),
        ("coordinator", True, True),
        ("program", True, True),
        ("recused", False, True),
        ("applying", False, True),
    ],
)
def test_who_holds_a_task_is_told_to_its_mentors_alone_and_not_to_the_recused(role, sees_name, sees_release):
    cast = assemble()
    holder = cast.person("applicant")
    User.objects.filter(pk=holder.pk).update(name="Ada of the tasks")
    task = make.task(cast.project, held_by=holder)

    page = browser(cast.people[role]).get(cast.project.get_absolute_url()).content.decode()

    assert "taken until" in page
    assert ("Ada of the tasks" in page) == sees_name
    assert (reverse("projects:release_task", args=[task.pk]) in page) == sees_release


def test_her_own_task_is_shown_as_hers_with_the_way_on():
    cast = assemble()
    task = make.task(cast.project, held_by=cast.person("applicant"))

    page = browser(cast.person("applicant")).get(cast.project.get_absolute_url()).content.decode()

    assert "yours until" in page
    assert reverse("projects:give_back_task", args=[task.pk]) in page
    assert reverse("applications:contribute", args=[cast.listing.pk]) in page


def test_retired_tasks_are_shown_to_who_may_offer_them_again():
    cast = assemble()
    make.task(cast.project, title="An old idea", retired_at=timezone.now())

    shown = {
        role: "An old idea" in browser(cast.people[role]).get(cast.project.get_absolute_url()).content.decode()
        for role in ("public", "applicant", "mentor")
    }

    assert shown == {"public": False, "applicant": False, "mentor": True}


def test_the_lists_say_how_many_tasks_are_free():
    listing, client = make.listing(), Client()
    make.task(listing.project)
    make.task(listing.project, held_by=make.user(), at=timezone.now() - CLAIM_LASTS)
    make.task(listing.project, held_by=make.user())
    make.task(listing.project, retired_at=timezone.now())

    for address in (reverse("projects:list"), listing.community.get_absolute_url()):
        assert "<span>2 starter tasks</span>" in client.get(address).content.decode()


def test_her_page_tells_which_task_she_holds():
    listing, holder = make.listing(), make.user()
    task = make.task(listing.project, held_by=holder)

    page = browser(holder).get(reverse("applications:home")).content.decode()

    assert f"The starter task “{task}” is yours until" in page
    assert f"{listing.project.get_absolute_url()}#begin" in page


@pytest.mark.parametrize("phase", [Phase.PLANNED, Phase.SELECTION])
def test_outside_of_the_time_for_contributions_the_page_says_why_nothing_can_be_claimed(phase):
    listing = make.listing(make.participation(phase=phase))
    task = make.task(listing.project)

    page = browser(make.user()).get(listing.project.get_absolute_url()).content.decode()

    assert reverse("applications:claim_task", args=[task.pk]) not in page
    assert ("not open yet" in page) == (phase == Phase.PLANNED)
    assert ("deadline for contributions" in page) == (phase == Phase.SELECTION)


def test_what_is_hers_comes_first_and_what_is_over_last():
    listing, holder, now = make.listing(), make.user(), timezone.now()
    make.task(listing.project, title="The done", done_by=make.user(), done_at=now)
    make.task(listing.project, title="The taken", held_by=make.user())
    make.task(listing.project, title="The free")
    make.task(listing.project, title="The own", held_by=holder)

    page = browser(holder).get(listing.project.get_absolute_url()).content.decode()

    places = [page.index(f">{title}</a>") for title in ("The own", "The free", "The taken", "The done")]
    assert places == sorted(places)


@pytest.mark.parametrize(("phase", "invited"), [(Phase.OPEN, True), (Phase.PLANNED, False), (Phase.SELECTION, False)])
def test_a_visitor_is_asked_to_sign_in_while_she_could_begin(phase, invited):
    listing = make.listing(make.participation(phase=phase))
    make.task(listing.project)

    page = Client().get(listing.project.get_absolute_url()).content.decode()

    assert ("Sign in to claim" in page) == invited


def test_a_mentor_sees_which_task_a_contribution_did():
    listing = make.listing()
    task = make.task(listing.project, title="Mend the clock")
    make.contribution(listing, task=task)

    page = browser(make.mentor_of(listing)).get(reverse("mentors:listing", args=[listing.pk])).content.decode()

    assert "starter task “Mend the clock”" in page
