"""Marks: every one is kept, the applicant reads them all, and what nobody has marked can be taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications import actions
from applications.models import Contribution, Marking
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Phase
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def contribution():
    return make.contribution()


def mark(client, contribution, **typed):
    client.force_login(make.mentor_of(contribution.listing))
    return client.post(reverse("mentors:mark", args=[contribution.pk]), typed)


def delete(client, contribution, by):
    client.force_login(by)
    return client.post(reverse("applications:delete_contribution", args=[contribution.pk]), follow=True)


def test_every_mark_is_kept_and_the_newest_one_holds(client, contribution):
    for said, comment in (("seen", ""), ("needs_work", "A test, please."), ("counts", "Thank you.")):
        mark(client, contribution, mark=said, comment=comment)

    contribution.refresh_from_db()
    kept = list(contribution.markings.values_list("mark", "comment"))
    assert contribution.mark == "counts"
    assert kept == [("counts", "Thank you."), ("needs_work", "A test, please."), ("seen", "")]


def test_she_reads_all_that_was_said_the_newest_first(client, contribution):
    mark(client, contribution, mark="needs_work", comment="A test, please.")
    mark(client, contribution, mark="counts", comment="Thank you.")
    client.force_login(contribution.applicant)

    page = client.get(reverse("applications:home")).text

    assert 0 < page.index("Thank you.") < page.index("A test, please.")


def test_every_mark_is_a_letter_that_leads_to_the_contribution(client, contribution):
    for said in ("needs_work", "counts"):
        mark(client, contribution, mark=said, comment="")

    letters = Letter.objects.order_by("pk")
    assert [letter.recipient for letter in letters] == [contribution.applicant] * 2
    assert f"{reverse('applications:home')}#contribution-{contribution.pk}" in letters[0].text


@pytest.mark.parametrize(
    "typed",
    [
        {"mark": "seen", "comment": "a" * 2_001},
        {"mark": "seen", "comment": "a\x00b"},
        {"mark": "", "comment": "Nice."},
        {"mark": "excellent", "comment": "Nice."},
        {"comment": "Nice."},
    ],
)
def test_a_mark_that_does_not_fit_is_refused_and_what_was_typed_is_there(client, contribution, typed):
    page = mark(client, contribution, **typed)

    assert page.status_code == 200
    assert page.context["form"]["comment"].value() == typed["comment"]
    assert not Marking.objects.exists()


def test_what_nobody_has_marked_can_be_deleted_and_recorded_again(client, contribution):
    facts = {"kind": "patch", "title": contribution.title, "url": contribution.url}
    delete(client, contribution, contribution.applicant)
    gone = not Contribution.objects.exists()

    client.post(reverse("applications:contribute", args=[contribution.listing.pk]), facts)

    assert gone
    assert Contribution.objects.get().canonical == contribution.canonical
    assert Event.objects.filter(deed="contribution_deleted", subject_id=contribution.pk).count() == 1


@pytest.mark.parametrize("said", ["seen", "counts", "needs_work"])
def test_what_was_marked_stays(client, contribution, said):
    mark(client, contribution, mark=said)

    page = delete(client, contribution, contribution.applicant)

    assert "A mentor has looked at this contribution" in page.text
    assert Contribution.objects.get() == contribution
    assert reverse("applications:delete_contribution", args=[contribution.pk]) not in page.text


def test_what_was_recorded_for_a_round_that_is_over_stays(client):
    contribution = make.contribution(make.listing(make.participation(phase=Phase.ANNOUNCED)))

    page = delete(client, contribution, contribution.applicant)

    assert "what was recorded for it stays" in page.text
    assert Contribution.objects.get() == contribution


@pytest.mark.parametrize("role", ["mentor", "stranger", "coordinator"])
def test_nobody_deletes_what_another_recorded(client, contribution, role):
    people = {
        "mentor": make.mentor_of(contribution.listing),
        "stranger": make.user(),
        "coordinator": make.program_coordinator(),
    }

    page = delete(client, contribution, people[role])

    assert page.status_code == 404
    assert Contribution.objects.get() == contribution


def test_what_was_deleted_meanwhile_is_not_marked(contribution):
    mentor = make.mentor_of(contribution.listing)
    Contribution.objects.filter(pk=contribution.pk).delete()

    with pytest.raises(Refused, match="deleted by its applicant"):
        actions.mark_contribution(
            contribution=contribution, by=mentor, mark="seen", comment="", at=contribution.recorded_at
        )

    assert not Letter.objects.exists()


@pytest.fixture
def shared():
    """Three people recorded one link: two for one listing, one for another of the same round."""
    listing = make.listing()
    elsewhere = make.listing(listing.participation)
    link = "https://github.com/xen/mini-os/pull/12"
    make.application(listing, make.user("Ada"), contributed=False)
    make.contribution(listing, make.user("Grace"), url=link)
    make.contribution(listing, make.user("Katherine"), url=f"{link}/files")
    make.contribution(elsewhere, make.user("Radia"), url=f"{link}#top")
    return listing


def shown_to(client, person, listing) -> list[list[str]]:
    client.force_login(person)
    page = client.get(reverse("mentors:listing", args=[listing.pk]))
    return sorted(one.also_by for work in page.context["works"] for one in work.contributions)


def test_a_mentor_sees_who_recorded_the_same_link_for_her_project(client, shared):
    assert shown_to(client, make.mentor_of(shared), shared) == [["Grace"], ["Katherine"]]


def test_a_coordinator_sees_it_across_the_projects_of_her_community(client, shared):
    seen = shown_to(client, make.coordinator_of(shared), shared)

    assert seen == [["Grace", "Radia"], ["Katherine", "Radia"]]


def test_who_stepped_back_from_one_of_the_two_learns_nothing_of_her(client, shared):
    mentor = make.mentor_of(shared)
    make.recusal(mentor, Contribution.objects.get(applicant__name="Grace").applicant)

    assert shown_to(client, mentor, shared) == [[]]


def test_the_same_link_in_another_round_is_another_matter(client, shared):
    earlier = make.listing(make.earlier(shared.participation), project=shared.project)
    make.contribution(earlier, make.user("Margaret"), url="https://github.com/xen/mini-os/pull/12")

    assert shown_to(client, make.mentor_of(shared), shared) == [["Grace"], ["Katherine"]]


def test_applicants_are_told_nothing_of_each_other(client, shared):
    grace = Contribution.objects.get(applicant__name="Grace").applicant
    client.force_login(grace)

    pages = [
        client.get(address).text
        for address in (
            reverse("applications:home"),
            reverse("applications:contribute", args=[shared.pk]),
            shared.project.get_absolute_url(),
        )
    ]

    assert ["Katherine" in page or "same link" in page for page in pages] == [False] * 3


def test_marks_are_in_the_order_in_which_they_were_given(contribution):
    mentor = make.mentor_of(contribution.listing)
    for hours, said in ((2, "counts"), (1, "seen")):
        at = contribution.recorded_at + timedelta(hours=hours)
        contribution.markings.create(mark=said, by=mentor, at=at)

    assert [marking.mark for marking in contribution.markings.all()] == ["counts", "seen"]
