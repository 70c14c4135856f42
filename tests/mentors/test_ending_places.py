"""A program coordinator ends the place of somebody who cannot take it: everything follows at once, and once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.actions import purge_answers
from applications.models import Application, InitialApplication, Offer
from mentors import actions
from mentors.models import Selection
from opw.accounts.models import User
from opw.audit.models import Event
from opw.mail.models import Letter
from opw.rounds.models import Phase, Round
from projects.models import Intern
from tests import make, scenarios
from tests.scenarios import Decided
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db

Status = Offer.Status
DECLINED = {"is_declined": "True", "reason": "She fell ill, and wrote to us.", "words": "Get well soon."}
TAKEN_BACK = {"is_declined": "False", "reason": "No visa after all.", "words": "The visa came too late."}


@pytest.fixture
def decided() -> Decided:
    """One took her place, one waits, one is not accepted; the letters until then are gone."""
    decided = scenarios.released()
    Offer.objects.update(status=Status.CONFIRMED, answered_at=timezone.now())
    Letter.objects.all().delete()
    return decided


def page_of(application: Application) -> str:
    return reverse("mentors:end_place", args=[Offer.objects.get(application=application).pk])


def end(application: Application, typed: dict[str, str] = DECLINED, *, by: User | None = None) -> HttpResponse:
    return posting(browser_of(by or make.program_coordinator()), page_of(application), typed)()


def offers() -> list[tuple[Application, str]]:
    return [(offer.application, offer.status) for offer in Offer.objects.order_by("pk")]


@pytest.mark.parametrize(("typed", "status"), [(DECLINED, Status.DECLINED), (TAKEN_BACK, Status.TAKEN_BACK)])
def test_a_confirmed_place_ends_and_goes_to_who_waits_first(decided, typed, status):
    coordinator = make.program_coordinator()

    page = end(decided.selected, typed, by=coordinator)

    offer, event = Offer.objects.get(application=decided.selected), Event.objects.get(deed=f"offer_{status}")
    assert f"The place of {decided.selected.applicant} has ended" in page.text
    assert offers() == [(decided.selected, status), (decided.waiting, Status.OPEN)]
    assert (offer.reason, Intern.objects.get().person) == (typed["reason"], decided.waiting.applicant)
    assert (event.actor, event.subject_id, event.before) == (coordinator, offer.pk, {"status": "confirmed"})
    assert Selection.objects.confirmed().get().application == decided.waiting


def test_she_her_mentors_and_who_waits_are_told_each_what_is_hers(decided):
    mentor, waiting = make.mentor_of(decided.listing), decided.waiting.applicant

    end(decided.selected, TAKEN_BACK)

    told = {letter.subject.partition(",")[0]: letter for letter in Letter.objects.exclude(recipient=mentor)}
    hers, mentors = told["Your place has ended"], Letter.objects.filter(recipient=mentor).earliest("pk")
    assert {subject: letter.recipient for subject, letter in told.items()} == {
        "Your place has ended": decided.selected.applicant,
        "A place has come free for you": waiting,
    }
    assert "The visa came too late." in hers.text
    assert decided.selected.applicant.name in mentors.text
    assert mentors.about_id == decided.selected.applicant_id
    assert not any("No visa after all." in letter.text + letter.html for letter in Letter.objects.all())
    assert Letter.objects.filter(text__contains="The visa came too late.").get() == hers


def test_her_page_and_the_public_list_say_it(decided, client):
    name, interns = decided.selected.applicant.name, reverse("projects:interns", args=[decided.round.slug])
    before = client.get(interns).text

    end(decided.selected, TAKEN_BACK)

    hers = browser_of(decided.selected.applicant).get(reverse("applications:application", args=[decided.selected.pk]))
    assert (name in before, name in client.get(interns).text) == (True, False)
    assert "Your place has ended." in hers.text
    assert "No visa after all." not in hers.text


def test_an_offer_that_nobody_answered_is_recorded_as_declined(decided):
    Offer.objects.update(status=Status.OPEN, answered_at=None)

    end(decided.selected)

    assert offers() == [(decided.selected, Status.DECLINED), (decided.waiting, Status.OPEN)]


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"is_declined": ""}, "Say who ends it."),
        ({"reason": " "}, "Say why."),
        ({"words": " "}, "nobody loses her place without being told why"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(decided, missing, words):
    page = end(decided.selected, {**TAKEN_BACK, "reason": "Typed already.", **missing})

    assert words in page.text
    assert ("Typed already." in page.text) == ("reason" not in missing)
    assert offers() == [(decided.selected, Status.CONFIRMED)]
    assert not Letter.objects.exists()


def test_a_place_ends_once(decided):
    end(decided.selected)
    written = Letter.objects.count(), Event.objects.count()

    again = end(decided.selected, TAKEN_BACK)

    assert "this offer is declined already" in again.text
    assert (Letter.objects.count(), Event.objects.count()) == written
    assert offers() == [(decided.selected, Status.DECLINED), (decided.waiting, Status.OPEN)]


def test_during_the_internships_the_place_stays_free_and_after_them_nothing_ends(decided):
    scenarios.put_into(decided.round, Phase.INTERNSHIP)
    shown = browser_of(make.program_coordinator()).get(page_of(decided.selected))

    end(decided.selected)
    Offer.objects.update(status=Status.CONFIRMED)
    scenarios.put_into(decided.round, Phase.FINISHED)
    late = end(decided.selected)

    assert "the place stays free" in shown.text
    assert "The internships of this round are over." in late.text
    assert offers() == [(decided.selected, Status.CONFIRMED)]
    assert Letter.objects.get(recipient=make.coordinator_of(decided.participation)).subject.startswith("A place of")


def test_whose_place_ended_cannot_take_it(decided):
    Offer.objects.update(status=Status.OPEN, answered_at=None)
    end(decided.selected, TAKEN_BACK)
    hers = browser_of(decided.selected.applicant)

    pages = [
        hers.post(reverse(f"applications:{deed}", args=[decided.selected.pk]), follow=True).text
        for deed in ("confirm", "decline")
    ]

    assert all("This place was taken back; our letter says why." in page for page in pages)
    assert offers()[0] == (decided.selected, Status.TAKEN_BACK)


def test_who_stepped_back_from_her_ends_nothing_and_reads_no_letter_about_it(decided):
    recused, mentor = make.program_coordinator(), make.mentor_of(decided.listing)
    make.recusal(recused, decided.selected.applicant)
    make.recusal(mentor, decided.selected.applicant)
    browser = browser_of(recused)

    statuses = [browser.get(page_of(decided.selected)).status_code, end(decided.selected, by=recused).status_code]
    end(decided.selected)

    assert statuses == [404, 404]
    assert decided.selected.applicant.name not in browser.get(reverse("mentors:offers", args=[decided.round.slug])).text
    assert not Letter.objects.filter(recipient=mentor, about=decided.selected.applicant).exists()


def test_why_is_deleted_with_the_answers_from_the_letter_too(decided):
    end(decided.selected, TAKEN_BACK)
    now = timezone.now() + timedelta(days=400)
    Round.objects.update(answers_purged_on=now.date())

    purge_answers(now=now)

    assert set(Offer.objects.values_list("reason", flat=True)) == {""}
    assert "visa" not in "".join(Letter.objects.values_list("text", flat=True))


def at_once(*deeds: Callable[[], HttpResponse]) -> list[int]:
    return [page.status_code for page in together(*deeds)]


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_at_once_end_one_place_once():
    decided = scenarios.released()
    address = page_of(decided.selected)
    coordinators = [browser_of(make.program_coordinator()) for _ in range(4)]

    statuses = at_once(
        *(posting(one, address, typed) for one, typed in zip(coordinators, [DECLINED, TAKEN_BACK] * 2, strict=True))
    )

    assert statuses == [200] * 4
    assert Event.objects.filter(deed__in=["offer_declined", "offer_taken_back"]).count() == 1
    assert Letter.objects.filter(key__startswith="place-ended:", recipient=decided.selected.applicant).count() == 1
    assert offers()[1:] == [(decided.waiting, Status.OPEN)]
    assert Selection.objects.confirmed().get().application == decided.waiting


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("answer", ["confirm", "decline"])
def test_her_answer_the_sweep_and_a_coordinator_at_once_pass_the_place_on_once(answer):
    decided = scenarios.released()
    address = page_of(decided.selected)
    hers: Client = browser_of(decided.selected.applicant)
    coordinator = browser_of(make.program_coordinator())

    def sweep() -> HttpResponse:
        actions.pass_on_free_places(now=timezone.now())
        return HttpResponse()

    statuses = at_once(
        posting(hers, reverse(f"applications:{answer}", args=[decided.selected.pk])),
        posting(coordinator, address, TAKEN_BACK),
        sweep,
        sweep,
    )
    actions.pass_on_free_places(now=timezone.now())

    assert statuses == [200] * 4
    assert Event.objects.filter(deed__in=["offer_declined", "offer_taken_back"]).count() == 1
    assert Event.objects.filter(deed="place_passed_on").count() == 1
    assert offers()[1:] == [(decided.waiting, Status.OPEN)]
    assert Intern.objects.get().person == decided.waiting.applicant


@pytest.mark.django_db(transaction=True)
def test_an_offer_that_lapses_while_it_is_ended_ends_once():
    decided = scenarios.released()
    now, address = timezone.now(), page_of(decided.selected)
    Offer.objects.update(made_at=now - timedelta(days=1), answer_by_at=now - timedelta(minutes=10))
    coordinator = browser_of(make.program_coordinator())

    def sweep() -> HttpResponse:
        actions.pass_on_free_places(now=now)
        return HttpResponse()

    at_once(posting(coordinator, address, DECLINED), sweep, sweep)

    assert Event.objects.filter(deed__in=["offer_declined", "offer_lapsed"]).count() == 1
    assert offers()[1:] == [(decided.waiting, Status.OPEN)]


def test_who_is_not_eligible_after_all_is_replaced_by_who_is(decided):
    InitialApplication.objects.filter(applicant=decided.selected.applicant).update(status="ineligible")

    end(decided.selected, TAKEN_BACK)

    assert [intern.person for intern in Intern.objects.all()] == [decided.waiting.applicant]
