"""The rehearsal: everything that would be told, before anything is sealed."""

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, Contribution, InitialApplication
from mentors.models import RestNotAccepted
from mentors.views.sealing import LETTERS_A_PAGE
from opw.mail.models import Letter, Topic
from tests import make, scenarios
from tests.look.page import elements
from tests.scenarios import Decided

pytestmark = pytest.mark.django_db


def rehearsal(client: Client, decided: Decided, **asked: str):
    """The rehearsal as the program coordinator reads it."""
    client.force_login(decided.program_coordinator)
    return client.get(reverse("mentors:results", args=[decided.round.slug]), asked)


def told(page) -> list[tuple[int, str]]:
    """Who would be told what, as this page of the rehearsal lists it."""
    return [(one.applicant, one.result.outcome) for one in page.context["page"]]


def address_of(application: Application, name: str) -> str:
    return reverse(f"mentors:{name}", args=[application.round.slug, application.applicant_id])


def test_everybody_is_listed_once_with_the_best_of_her_results(client):
    decided = scenarios.selected_not_selected_and_waiting()
    other = make.listing(decided.participation)
    make.application(other, decided.selected.applicant)
    make.rest_not_accepted(other)
    not_considered = make.application(other, contributed=False)

    page = rehearsal(client, decided)

    expected = [
        (decided.selected, "accepted"),
        (decided.waiting, "waiting"),
        (decided.not_selected, "not_accepted"),
        (not_considered, "not_considered"),
    ]
    assert sorted(told(page)) == sorted((application.applicant_id, outcome) for application, outcome in expected)
    assert [(count.words, count.people) for count in page.context["rehearsal"].counts] == [
        ("accepted", 1),
        ("on the waiting list", 1),
        ("not accepted", 1),
        ("not considered", 1),
    ]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("outcome", ["accepted", "waiting", "not_accepted"])
def test_the_list_is_narrowed_to_an_outcome(client, outcome):
    decided = scenarios.selected_not_selected_and_waiting()

    page = rehearsal(client, decided, outcome=outcome)

    assert [one for _, one in told(page)] == [outcome]


def test_the_list_is_searched_by_name_address_and_project(client):
    decided = scenarios.selected_not_selected_and_waiting()
    applicant = decided.waiting.applicant
    applicant.name = "Zoë Example"
    applicant.save()

    by_name, by_address, by_project, by_nothing = (
        [who for who, _ in told(rehearsal(client, decided, q=words))]
        for words in ("zoë", applicant.email.upper(), decided.listing.project.title, "nobody of this name")
    )

    assert by_name == by_address == [applicant.pk]
    assert sorted(by_project) == sorted(one.applicant_id for one in decided.applications)
    assert by_nothing == []


def test_a_long_list_has_pages(client):
    decided = scenarios.selected_not_selected_and_waiting()
    for _ in range(LETTERS_A_PAGE):
        make.application(decided.listing)

    first, second = rehearsal(client, decided), rehearsal(client, decided, page="2")

    assert (len(told(first)), len(told(second))) == (LETTERS_A_PAGE, 3)
    assert not set(told(first)) & set(told(second))


def test_a_letter_is_read_as_it_is_sent_then(client):
    decided = scenarios.sealed()
    client.force_login(decided.program_coordinator)
    rehearsed = {one.applicant_id: client.get(address_of(one, "letter")) for one in decided.applications}
    as_html = {one.applicant_id: client.get(address_of(one, "letter_html")) for one in decided.applications}

    scenarios.release(decided)

    sent = Letter.objects.filter(topic=Topic.RESULT)
    letters = {who: page.context["telling"].letter for who, page in rehearsed.items()}
    assert {letter.recipient_id: (letter.to, letter.subject, letter.text, letter.html) for letter in sent} == {
        who: (letter.to, letter.subject, letter.text, letter.html) for who, letter in letters.items()
    }
    assert {who: page.text for who, page in as_html.items()} == {who: letter.html for who, letter in letters.items()}


def test_her_page_is_rehearsed_in_the_words_it_will_have(client):
    decided = scenarios.selected_not_selected_and_waiting()
    client.force_login(decided.program_coordinator)
    rehearsed = client.get(address_of(decided.waiting, "letter")).text
    scenarios.seal(decided.round)
    scenarios.reach(decided.round, "announcement_at")
    scenarios.release(decided)

    client.force_login(decided.waiting.applicant)
    hers = client.get(reverse("applications:application", args=[decided.waiting.pk])).text

    words = "You are on the waiting list."
    assert (words in rehearsed, words in hers) == (True, True)


def test_the_html_of_a_letter_runs_nothing_and_is_framed_by_the_portal_alone(client):
    decided = scenarios.selected_not_selected_and_waiting()
    client.force_login(decided.program_coordinator)

    around, alone = (client.get(address_of(decided.selected, name)) for name in ("letter", "letter_html"))

    [frame] = elements(around.text, "iframe")
    assert (frame.attrs["src"], frame.attrs["sandbox"]) == (address_of(decided.selected, "letter_html"), None)
    assert alone["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    )
    assert alone["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("name", ["letter", "letter_html"])
def test_there_is_no_letter_for_whom_nothing_is_decided_or_whom_she_stepped_back_from(client, name):
    decided = scenarios.selected_not_selected_and_waiting()
    RestNotAccepted.objects.all().delete()
    make.recusal(decided.program_coordinator, decided.selected.applicant)
    client.force_login(decided.program_coordinator)

    answers = [client.get(address_of(one, name)).status_code for one in decided.applications]

    assert answers == [404, 200, 404]


def test_the_public_page_is_rehearsed_as_it_will_be(client):
    decided = scenarios.selected_not_selected_and_waiting()
    elsewhere = make.listing(make.participation(decided.round))
    shy = make.application(elsewhere)
    make.selection(application=shy, confirmed=True)
    InitialApplication.objects.filter(applicant=shy.applicant).update(
        answers=make.INITIAL_ANSWERS | {"publish_name": "no"}
    )
    rehearsed = rehearsal(client, decided)
    scenarios.seal(decided.round)
    scenarios.reach(decided.round, "announcement_at")
    scenarios.release(decided)

    public = client.get(reverse("projects:interns", args=[decided.round.slug]))

    def named(page):
        return [card.text for card in elements(page.text, "article")]

    assert named(rehearsed) == named(public)
    assert any("An intern" in card and elsewhere.project.title in card for card in named(public))
    assert shy.applicant.name not in " ".join(named(public))


def test_each_problem_stands_with_its_community_and_leads_to_where_it_is_solved(client):
    decided = scenarios.selected_not_selected_and_waiting()
    decided.listing.project.mentorships.update(confirmed_at=None)
    selection = make.selection(make.participation(decided.round))
    doubted = InitialApplication.objects.filter(applicant=decided.selected.applicant)
    doubted.update(status=InitialApplication.Status.SUBMITTED, is_in_doubt=True)

    problems = rehearsal(client, decided).context["problems"]

    project, participation = decided.listing.project, selection.application.listing.participation
    assert {(problem.community, problem.link) for problem in problems} == {
        (project.community.name, reverse("projects:mentors", args=[project.community.slug, project.slug])),
        (project.community.name, reverse("coordinate:decide_eligibility", args=[doubted.get().pk])),
        (participation.community.name, reverse("mentors:selections", args=[participation.pk])),
    }
    assert [client.get(problem.link).status_code for problem in problems] == [200] * 3


def test_after_the_release_there_is_nothing_to_rehearse(client):
    decided = scenarios.released()

    page = rehearsal(client, decided)

    assert "as it will be" not in page.text
    assert client.get(address_of(decided.selected, "letter")).status_code == 404


def test_a_seal_that_no_longer_says_what_is_judged_is_shown_to_be_so(client):
    decided = scenarios.sealed()
    before = rehearsal(client, decided)
    Contribution.objects.filter(applicant=decided.not_selected.applicant).update(mark="needs_work")

    after = rehearsal(client, decided)

    assert ("Seal them again" in before.text, "Seal the results" in before.text) == (False, False)
    assert ("Seal them again" in after.text, "Seal the results" in after.text) == (True, True)
