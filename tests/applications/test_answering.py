"""The offer of a place: she confirms or declines it by its day, and what comes late is said to be late."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.actions import write_due_reminders
from applications.deadlines import token_of
from applications.models import Application, Offer, answer_by
from opw.audit.models import Event
from opw.mail.models import Letter, Topic
from opw.rounds.models import Phase
from projects.models import Intern
from tests import make, scenarios

pytestmark = pytest.mark.django_db

DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
Status = Offer.Status


@pytest.fixture
def offer() -> Offer:
    """An offer that was just made, without the letters of the announcement."""
    decided = scenarios.released()
    Letter.objects.all().delete()
    return Offer.objects.get(application=decided.selected)


def hers(offer: Offer) -> Client:
    client = Client()
    client.force_login(offer.application.applicant)
    return client


def confirm(offer: Offer):
    return hers(offer).post(reverse("applications:confirm", args=[offer.application_id]), follow=True)


def decline(offer: Offer, **typed: str):
    return hers(offer).post(reverse("applications:decline", args=[offer.application_id]), typed, follow=True)


def stored(offer: Offer) -> tuple[str, str]:
    offer.refresh_from_db()
    return offer.status, offer.reason


def told() -> list[tuple[int | None, str]]:
    return list(Letter.objects.order_by("pk").values_list("recipient", "subject"))


def let_pass(offer: Offer) -> None:
    """The offer's time is over."""
    now = timezone.now()
    Offer.objects.filter(pk=offer.pk).update(made_at=now - DAY, answer_by_at=now)
    offer.refresh_from_db()


def test_an_offer_is_made_by_the_release_and_is_open_as_long_as_the_schedule_says():
    decided = scenarios.sealed()
    before = Offer.objects.exists()

    scenarios.release(decided)

    made = Offer.objects.get()
    assert not before
    assert (made.application, made.status) == (decided.selected, Status.OPEN)
    assert made.answer_by_at == decided.round.offers_answered_by_at


def test_an_offer_that_is_made_later_is_open_as_many_days_longer_but_never_into_the_internship():
    round = make.round(
        Phase.ANNOUNCED,
        **make.schedule(Phase.ANNOUNCED, now=datetime(2026, 11, 10, 19, tzinfo=UTC)),
    )
    announced, first_day = round.announcement_at, round.internship_starts_on

    days = [answer_by(round, announced + days * DAY) for days in (0, 3, 12)]
    very_late = announced + 30 * DAY

    assert days[:2] == [round.offers_answered_by_at, round.offers_answered_by_at + 3 * DAY]
    assert days[2].date() == first_day
    assert answer_by(round, very_late) == very_late + DAY


def test_she_takes_her_place_and_the_mentors_hear_of_it(offer):
    page = confirm(offer)

    mentor = make.mentor_of(offer.application.listing)
    assert "The place is yours. Your mentors are told." in page.text
    assert stored(offer) == (Status.CONFIRMED, "")
    assert told() == [
        (offer.application.applicant_id, f"You take the place, {offer.application.round}"),
        (mentor.pk, f"Your intern in {offer.application.round}: confirmed"),
    ]
    assert Event.objects.filter(deed="offer_confirmed", actor=offer.application.applicant).count() == 1


def test_taking_it_twice_is_taking_it_once(offer):
    pages = [confirm(offer), confirm(offer)]

    assert ["The place is yours. Your mentors are told." in page.text for page in pages] == [True, True]
    assert Event.objects.filter(deed="offer_confirmed").count() == 1
    assert len(told()) == 2


def test_declining_is_asked_once_more_before_it_is_done(offer):
    page = hers(offer).get(reverse("applications:decline", args=[offer.application_id]))

    assert "you cannot take it back" in page.text
    assert stored(offer) == (Status.OPEN, "")


def test_who_declines_leaves_the_public_page_and_may_say_why(offer):
    page = decline(offer, reason="I found a job.")

    assert "somebody else is glad of it" in page.text
    assert stored(offer) == (Status.DECLINED, "I found a job.")
    assert not Intern.objects.exists()
    assert [letter[0] for letter in told()] == [
        offer.application.applicant_id,
        make.mentor_of(offer.application.listing).pk,
    ]
    assert not Letter.objects.filter(text__contains="found a job").exists()


def test_who_declined_cannot_take_the_place_after_all_and_who_took_it_asks_the_mentors(offer):
    decline(offer)
    after_declining = confirm(offer)
    Offer.objects.update(status=Status.CONFIRMED)
    after_confirming = decline(offer, reason="Ill.")

    assert "You declined this place. If that was a mistake, write to the mentors at once." in after_declining.text
    assert "You confirmed this place. If you cannot take it after all, write to the mentors" in after_confirming.text
    assert stored(offer) == (Status.CONFIRMED, "")


@pytest.mark.parametrize("answer", [confirm, decline])
def test_an_answer_that_comes_late_changes_nothing_and_says_whom_to_ask(offer, answer):
    let_pass(offer)

    page = answer(offer)

    assert "your answer came after that. Write to the mentors" in page.text
    assert stored(offer) == (Status.OPEN, "")
    assert told() == []


def test_mentors_who_stepped_back_or_apply_hear_nothing(offer):
    listing = offer.application.listing
    recused, applying = make.user(), make.user()
    for mentor in (recused, applying):
        make.mentorship(listing.project, mentor)
    make.recusal(recused, offer.application.applicant)
    make.application(make.listing(make.participation(listing.round)), applying)

    confirm(offer)

    assert {letter[0] for letter in told()} == {offer.application.applicant_id, make.mentor_of(listing).pk}


def on_both_pages(application: Application) -> list[str]:
    """Her own page, and that of her application."""
    client = Client()
    client.force_login(application.applicant)
    addresses = [reverse("applications:home"), reverse("applications:application", args=[application.pk])]
    return [client.get(address).text for address in addresses]


@pytest.mark.parametrize(
    ("status", "sentence", "words"),
    [
        (Status.OPEN, "You are accepted. Congratulations!", "whether you take it"),
        (Status.CONFIRMED, "You are accepted, and the place is yours. Congratulations!", "how you begin"),
        (Status.DECLINED, "You were accepted, and left your place to somebody else.", "welcome to apply again"),
        (Status.LAPSED, "You were accepted. The time to take your place is over.", "no answer of yours reached us"),
    ],
)
def test_she_reads_how_her_offer_stands(offer, status, sentence, words):
    answered_at = timezone.now() if status in (Status.CONFIRMED, Status.DECLINED) else None
    Offer.objects.update(status=status, answered_at=answered_at)

    pages = on_both_pages(offer.application)

    assert [(sentence in page, words in page) for page in pages] == [(True, True)] * 2
    assert ["Take the place" in page for page in pages] == [status == Status.OPEN] * 2


@pytest.mark.parametrize("status", [Status.OPEN, Status.CONFIRMED])
def test_home_and_dashboard_say_by_when_an_open_offer_is_answered(offer, status):
    Offer.objects.update(status=status, answered_at=None if status == Status.OPEN else timezone.now())

    pages = [hers(offer).get(reverse(name)).text for name in ("site:home", "site:dashboard")]

    assert ["Say whether you take your place by" in page for page in pages] == [status == Status.OPEN] * 2


def test_an_offer_whose_time_is_over_reads_as_lapsed_before_anything_is_written_down(offer):
    let_pass(offer)

    pages = on_both_pages(offer.application)

    assert ["The time to take your place is over." in page for page in pages] == [True, True]


def test_who_was_accepted_before_there_were_offers_reads_that_she_is(offer):
    offer.delete()

    pages = on_both_pages(offer.application)

    assert ["You are accepted. Congratulations!" in page for page in pages] == [True, True]


def test_the_others_read_kind_words_what_they_did_and_when_the_next_round_is():
    decided = scenarios.sealed()
    unfinished = make.application(decided.listing, contributed=False)
    upcoming = make.round(**make.schedule(Phase.OPEN, now=decided.round.announcement_at + 100 * DAY))
    scenarios.release(decided)
    Application.objects.filter(pk=unfinished.pk).update(outcome=Application.Outcome.NOT_CONSIDERED)

    not_accepted, not_considered = on_both_pages(decided.not_selected), on_both_pages(unfinished)
    waiting = on_both_pages(decided.waiting)

    assert ["You are not accepted this time." in page for page in not_accepted] == [True, True]
    assert ["What you did stays" in page for page in not_accepted] == [True, True]
    assert [f"{upcoming} opens for applications on" in page for page in not_accepted] == [True, True]
    assert ["it had no contribution that counts" in page for page in not_considered] == [True, True]
    assert ["What you did stays" in page for page in not_considered] == [False, False]
    assert ["You are on the waiting list." in page for page in waiting] == [True, True]


def test_who_waited_reads_once_internships_have_begun_that_no_place_came_free():
    decided = scenarios.released()
    scenarios.put_into(decided.round, Phase.INTERNSHIP)

    pages = on_both_pages(decided.waiting)

    assert ["You were on the waiting list" in page for page in pages] == [True, True]


def test_before_the_announcement_there_is_no_offer_for_anybody():
    decided = scenarios.sealed()

    answers = []
    for application in decided.applications:
        client = Client()
        client.force_login(application.applicant)
        pages = [
            client.post(reverse("applications:confirm", args=[application.pk])),
            client.get(reverse("applications:decline", args=[application.pk])),
            client.post(reverse("applications:decline", args=[application.pk])),
        ]
        answers.append([page.status_code for page in pages])

    assert answers == [[404, 404, 404]] * 3


def reminded(at: datetime) -> list[int | None]:
    """Who has a reminder in the outbox after looking at this moment."""
    write_due_reminders(now=at)
    return list(Letter.objects.filter(topic=Topic.REMINDER).order_by("pk").values_list("recipient", flat=True))


def test_an_offer_that_waits_for_an_answer_is_reminded_of_once(offer):
    due_at = offer.answer_by_at - 3 * DAY

    before, since, again = reminded(due_at - MOMENT), reminded(due_at), reminded(due_at + MOMENT)

    letter = Letter.objects.get()
    assert (before, since, again) == ([], [offer.application.applicant_id], [offer.application.applicant_id])
    assert (letter.subject, letter.useful_until) == (
        f"Your place waits for your answer, {offer.application.round}",
        offer.answer_by_at,
    )


def test_who_answered_or_whose_time_is_over_is_not_reminded(offer):
    over = reminded(offer.answer_by_at)
    confirm(offer)

    assert (over, reminded(offer.answer_by_at - MOMENT)) == ([], [])


def test_her_calendar_has_the_day_of_her_offer_until_she_answers(offer, client):
    address = reverse("applications:calendar_feed", args=[token_of(offer.application.applicant)])

    open_offer = client.get(address).text
    others = client.get(reverse("applications:calendar_feed", args=[token_of(make.user())])).text
    confirm(offer)
    answered = client.get(address).text

    assert ["Take your place" in text for text in (open_offer, others, answered)] == [True, False, False]
