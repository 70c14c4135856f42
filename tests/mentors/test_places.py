"""After the announcement: a place that is declined or that nobody takes in time goes to who waits first, once."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, InitialApplication, Offer
from mentors import actions
from mentors.models import Selection, WaitingPlace
from opw.audit.models import Event
from opw.mail.models import Letter
from opw.rounds.models import Phase
from opw.times import in_words
from projects.models import Intern
from tests import make, scenarios
from tests.scenarios import Decided
from tests.together import together

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
Status = Offer.Status


@pytest.fixture
def decided() -> Decided:
    """One has an offer, one waits, one is not accepted; the letters of the announcement are gone."""
    decided = scenarios.released()
    Letter.objects.all().delete()
    return decided


def decline(application: Application) -> None:
    client = Client()
    client.force_login(application.applicant)
    client.post(reverse("applications:decline", args=[application.pk]))


def sweep(*, at: datetime | None = None) -> None:
    """What the scheduled job does every minute."""
    actions.pass_on_free_places(now=at or timezone.now())


def offers() -> list[tuple[Application, str]]:
    return [(offer.application, offer.status) for offer in Offer.objects.order_by("pk")]


def outcomes(*applications: Application) -> list[str]:
    found = dict(Application.objects.values_list("pk", "outcome"))
    return [found[application.pk] for application in applications]


def told() -> dict[int | None, list[str]]:
    """Who has letters, and of what they are."""
    found: dict[int | None, list[str]] = {}
    for letter in Letter.objects.order_by("pk"):
        found.setdefault(letter.recipient_id, []).append(letter.subject.partition(",")[0])
    return found


def test_a_declined_place_goes_to_who_waits_first_with_days_of_her_own(decided):
    decline(decided.selected)
    Letter.objects.all().delete()
    three_days_later = decided.round.announcement_at + 3 * DAY

    sweep(at=three_days_later)

    offer, selection = Offer.objects.get(application=decided.waiting), Selection.objects.confirmed().get()
    mentor = make.mentor_of(decided.listing)
    assert offers() == [(decided.selected, Status.DECLINED), (decided.waiting, Status.OPEN)]
    assert offer.answer_by_at == decided.round.offers_answered_by_at + 3 * DAY
    assert (selection.application, selection.slot) == (decided.waiting, decided.participation.slots.get())
    assert outcomes(*decided.applications) == ["accepted", "accepted", "not_accepted"]
    assert Intern.objects.get().person == decided.waiting.applicant
    assert not WaitingPlace.objects.exists()
    assert told() == {
        decided.waiting.applicant_id: ["A place has come free for you"],
        mentor.pk: [f"Your intern in {decided.round}: not answered yet"],
    }
    assert Event.objects.filter(deed="place_passed_on", round_id=decided.round.pk).count() == 1


def test_after_a_late_release_the_letter_says_the_day_that_the_offer_has():
    decided = scenarios.sealed()
    actions.release_due_rounds(now=decided.round.announcement_at + 2 * DAY)

    offer, letter = Offer.objects.get(), Letter.objects.get(recipient=decided.selected.applicant)

    assert offer.answer_by_at == decided.round.offers_answered_by_at + 2 * DAY
    assert in_words(offer.answer_by_at) in letter.text


def test_the_public_page_names_who_takes_the_place_and_not_who_left_it(decided, client):
    address = reverse("projects:interns", args=[decided.round.slug])
    names = [one.applicant.name for one in decided.applications]
    before = client.get(address).text

    decline(decided.selected)
    sweep()

    after = client.get(address).text
    assert [name in before for name in names] == [True, False, False]
    assert [name in after for name in names] == [False, True, False]


def test_passing_on_twice_is_passing_on_once(decided):
    decline(decided.selected)

    sweep()
    written = Letter.objects.count(), Event.objects.count()
    sweep()

    assert (Letter.objects.count(), Event.objects.count()) == written
    assert len(offers()) == 2


def test_an_offer_lapses_when_no_answer_can_be_on_its_way_any_more(decided):
    day = decided.round.offers_answered_by_at

    sweep(at=day)
    at_the_hour = offers()
    sweep(at=day + timedelta(minutes=5))

    assert at_the_hour == [(decided.selected, Status.OPEN)]
    assert offers() == [(decided.selected, Status.LAPSED), (decided.waiting, Status.OPEN)]
    assert told()[decided.selected.applicant_id] == ["Your offer has ended"]
    assert Intern.objects.get().person == decided.waiting.applicant


def test_a_confirmed_place_is_never_passed_on(decided):
    Offer.objects.update(status=Status.CONFIRMED, answered_at=timezone.now())

    sweep(at=decided.round.offers_answered_by_at + DAY)

    assert offers() == [(decided.selected, Status.CONFIRMED)]
    assert told() == {}


def test_it_skips_who_withdrew_is_not_eligible_or_is_accepted_elsewhere():
    participation = make.participation(phase=Phase.SELECTION, slots=1)
    listing = make.listing(participation)
    selected, gone, ineligible, elsewhere, last = (make.application(listing) for _ in range(5))
    make.selection(application=selected, confirmed=True)
    for position, application in enumerate([gone, ineligible, elsewhere, last], start=1):
        make.waiting_place(application, position=position)
    other = make.listing(make.participation(participation.round))
    make.selection(application=make.application(other, elsewhere.applicant), confirmed=True)
    scenarios.reach(participation.round, "selection_closes_at")
    scenarios.seal(participation.round)
    scenarios.reach(participation.round, "announcement_at")
    actions.release_due_rounds(now=timezone.now())
    Application.objects.filter(pk=gone.pk).update(status="withdrawn", withdrawn_at=timezone.now())
    InitialApplication.objects.filter(applicant=ineligible.applicant).update(status="ineligible")
    decline(selected)

    sweep()

    assert Offer.objects.filter(application__listing=listing, status=Status.OPEN).get().application == last


def test_when_nobody_waits_the_communitys_coordinators_hear_that_a_place_is_free(decided):
    WaitingPlace.objects.all().delete()
    decline(decided.selected)
    Letter.objects.all().delete()

    sweep()
    sweep()

    coordinator = make.coordinator_of(decided.participation)
    assert told() == {coordinator.pk: [f"A place of {decided.participation.community} is free"]}
    assert not Selection.objects.confirmed().exists()
    assert decided.selected.applicant.name not in Letter.objects.get().text


def test_a_place_goes_on_until_somebody_takes_it_or_nobody_waits(decided):
    decline(decided.selected)
    sweep()
    decline(decided.waiting)
    sweep()

    assert offers() == [(decided.selected, Status.DECLINED), (decided.waiting, Status.DECLINED)]
    assert not Intern.objects.exists()


def test_once_internships_have_begun_places_stay_free(decided):
    decline(decided.selected)
    scenarios.put_into(decided.round, Phase.INTERNSHIP)

    sweep()

    assert offers() == [(decided.selected, Status.DECLINED)]
    assert outcomes(decided.waiting) == ["waiting"]
    assert make.coordinator_of(decided.participation).pk in told()


def ten_places() -> tuple[list[Application], list[Application]]:
    """Ten with an offer, ten who wait, in one community."""
    participation = make.participation(phase=Phase.SELECTION, slots=10)
    listing = make.listing(participation, interns_wanted=10)
    accepted, waiting = ([make.application(listing) for _ in range(10)] for _ in range(2))
    for application in accepted:
        make.selection(application=application, confirmed=True)
    for position, application in enumerate(waiting, start=1):
        make.waiting_place(application, position=position)
    scenarios.reach(participation.round, "selection_closes_at")
    scenarios.seal(participation.round)
    scenarios.reach(participation.round, "announcement_at")
    actions.release_due_rounds(now=timezone.now())
    return accepted, waiting


def test_ten_places_go_to_the_ten_who_wait_in_their_order():
    accepted, waiting = ten_places()
    for application in accepted:
        decline(application)

    sweep()

    assert [offer for offer in offers() if offer[1] == Status.OPEN] == [(one, Status.OPEN) for one in waiting]
    assert Selection.objects.confirmed().count() == 10


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_pass_each_place_on_once():
    accepted, waiting = ten_places()
    for application in accepted[:3]:
        decline(application)

    together(*(sweep for _ in range(4)))

    passed_on = [application for application, status in offers() if application in waiting]
    assert passed_on == waiting[:3]
    assert Event.objects.filter(deed="place_passed_on").count() == 3
    assert (
        Letter.objects.filter(
            key__startswith="place-came-free", recipient__in=[one.applicant_id for one in waiting]
        ).count()
        == 3
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["applications:confirm", "applications:decline"])
def test_twenty_answers_at_once_are_one(name):
    decided = scenarios.released()
    client = Client(raise_request_exception=False)
    client.force_login(decided.selected.applicant)
    address = reverse(name, args=[decided.selected.pk])

    pages = together(*((lambda: client.post(address).status_code) for _ in range(20)))

    assert pages == [302] * 20
    assert Event.objects.filter(deed__in=["offer_confirmed", "offer_declined"]).count() == 1
    assert Letter.objects.filter(key__startswith="offer-", recipient=decided.selected.applicant).count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_and_declining_at_once_is_one_of_the_two():
    decided = scenarios.released()
    client = Client(raise_request_exception=False)
    client.force_login(decided.selected.applicant)
    addresses = [reverse(f"applications:{deed}", args=[decided.selected.pk]) for deed in ("confirm", "decline")]

    together(*((lambda address=address: client.post(address).status_code) for address in addresses * 10))

    [event] = Event.objects.filter(deed__in=["offer_confirmed", "offer_declined"])
    assert event.deed == f"offer_{Offer.objects.get().status}"


@pytest.mark.django_db(transaction=True)
def test_an_answer_in_time_and_the_sweep_at_once_do_not_both_win():
    decided = scenarios.released()
    now = timezone.now()
    Offer.objects.update(made_at=now - DAY, answer_by_at=now - timedelta(minutes=10))

    together(lambda: decline(decided.selected), sweep, sweep)

    assert offers() == [(decided.selected, Status.LAPSED), (decided.waiting, Status.OPEN)]
    assert not Event.objects.filter(deed="offer_declined").exists()


def give_time(offer: Offer, until_at: datetime, reason: str = "A power cut.") -> str:
    client = Client()
    client.force_login(make.program_coordinator())
    typed = {"until_at": f"{until_at:%Y-%m-%d %H:%M}", "reason": reason}
    return client.post(reverse("mentors:time_to_answer", args=[offer.pk]), typed, follow=True).text


def test_a_program_coordinator_gives_time_to_answer_with_a_reason(decided):
    offer = Offer.objects.get()
    until = (offer.answer_by_at + 2 * DAY).replace(second=0, microsecond=0)

    page = give_time(offer, until)

    offer.refresh_from_db()
    assert "has more time, and is told by letter." in page
    assert (offer.answer_by_at, offer.extended_because) == (until, "A power cut.")
    assert told() == {decided.selected.applicant_id: ["Your offer stays open longer"]}
    assert Event.objects.filter(deed="offer_extended").count() == 1


def test_time_that_is_none_or_goes_into_the_internship_is_refused_beside_what_was_typed(decided):
    offer = Offer.objects.get()

    pages = [
        give_time(offer, offer.answer_by_at - DAY, "Too little."),
        give_time(offer, offer.answer_by_at + 60 * DAY, "Too much."),
    ]

    assert ["no more time than she has" in page for page in pages] == [True, False]
    assert ["until the internship" in page for page in pages] == [False, True]
    assert "Too little." in pages[0]
    assert told() == {}


def test_an_offer_that_lapsed_is_open_again_while_a_place_is_free(decided):
    WaitingPlace.objects.all().delete()
    offer, lapsed_at = Offer.objects.get(), decided.round.offers_answered_by_at + timedelta(minutes=5)
    sweep(at=lapsed_at)

    page = give_time(offer, offer.answer_by_at + 2 * DAY)

    offer.refresh_from_db()
    assert "has more time" in page
    assert offer.status == Status.OPEN
    assert Intern.objects.get().person == decided.selected.applicant
    assert Selection.objects.confirmed().get().application == decided.selected


def test_an_offer_whose_place_is_taken_stays_lapsed(decided):
    offer = Offer.objects.get()
    sweep(at=decided.round.offers_answered_by_at + timedelta(minutes=5))

    page = give_time(offer, offer.answer_by_at + 2 * DAY)

    offer.refresh_from_db()
    assert "is free any more" in page
    assert offer.status == Status.LAPSED
    assert Intern.objects.get().person == decided.waiting.applicant
