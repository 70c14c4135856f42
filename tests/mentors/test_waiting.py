"""The waiting list: its order, its reasons, and who is not on it."""

import pytest

from applications.models import InitialApplication
from mentors import actions
from mentors.models import RestNotAccepted, Seal, TakenBack, WaitingPlace
from mentors.problems import problems_with
from mentors.results import Result, everything_in, results_of
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds.models import Participation, Phase
from tests import make, scenarios

pytestmark = pytest.mark.django_db


def waiting_list(places: int, *, phase: Phase = Phase.SELECTION) -> tuple[User, list[WaitingPlace]]:
    """A coordinator's waiting list of one listing, in order."""
    listing = make.listing(make.participation(phase=phase))
    applications = [make.application(listing) for _ in range(places)]
    made = [make.waiting_place(one, position=position) for position, one in enumerate(applications, start=1)]
    return make.coordinator_of(listing), made


def order(participation: Participation) -> list[int]:
    return list(WaitingPlace.objects.filter(participation=participation).values_list("pk", flat=True))


def test_a_place_moves_before_another_and_all_others_keep_their_order():
    coordinator, [first, second, third, fourth] = waiting_list(4)

    actions.let_wait_before(place=fourth, other=second, by=coordinator)

    event = Event.objects.get(deed="waiting_list_reordered")
    assert order(first.participation) == [first.pk, fourth.pk, second.pk, third.pk]
    assert (event.subject_id, event.actor, event.round_id) == (fourth.pk, coordinator, first.participation.round_id)
    assert (event.before, event.after) == ({"position": 4}, {"position": 2})


def test_a_place_that_is_before_the_other_already_stays():
    coordinator, [first, second, third] = waiting_list(3)

    for _ in range(2):
        actions.let_wait_before(place=third, other=second, by=coordinator)

    assert order(first.participation) == [first.pk, third.pk, second.pk]
    assert Event.objects.filter(deed="waiting_list_reordered").count() == 1


def test_an_order_with_gaps_can_be_changed():
    coordinator, [first, gone, last] = waiting_list(3)
    gone.delete()

    actions.let_wait_before(place=last, other=first, by=coordinator)

    assert order(first.participation) == [last.pk, first.pk]


def test_who_is_not_on_the_list_any_more_is_not_moved():
    coordinator, [first, second] = waiting_list(2)
    gone = WaitingPlace.objects.get(pk=second.pk)
    second.delete()

    for pair in [{"place": first, "other": gone}, {"place": gone, "other": first}]:
        with pytest.raises(Refused, match="not on this waiting list any more"):
            actions.let_wait_before(**pair, by=coordinator)


def test_lists_of_two_communities_do_not_mix():
    coordinator, [mine] = waiting_list(1)
    theirs = make.waiting_place(make.application(make.listing(make.participation(mine.participation.round))))

    with pytest.raises(Refused, match="not on this waiting list any more"):
        actions.let_wait_before(place=mine, other=theirs, by=coordinator)


def test_the_reason_of_a_place_can_be_changed():
    coordinator, [place] = waiting_list(1)

    actions.say_why_she_waits(place=place, by=coordinator, reason="She knows the driver.")

    place.refresh_from_db()
    event = Event.objects.about(place).get()
    assert place.reason == "She knows the driver."
    assert (event.deed, event.before, event.after) == ("waiting_reason_changed", {}, {})


def test_a_place_is_taken_back_with_a_reason_and_once():
    coordinator, [first, second] = waiting_list(2)
    again = WaitingPlace.objects.get(pk=first.pk)

    with pytest.raises(Refused, match="Say why"):
        actions.take_off_waiting_list(place=first, by=coordinator, reason=" ")
    for place in (first, again):
        actions.take_off_waiting_list(place=place, by=coordinator, reason="She has a job.")

    taken = TakenBack.objects.get()
    assert order(second.participation) == [second.pk]
    assert (taken.application, taken.decision) == (first.application, "waiting")
    assert (taken.reason, taken.by) == ("She has a job.", coordinator)
    assert Event.objects.filter(deed="taken_off_waiting_list").count() == 1


@pytest.mark.parametrize("status", [InitialApplication.Status.SUBMITTED, InitialApplication.Status.INELIGIBLE])
def test_who_is_not_eligible_does_not_wait(status):
    application = make.application()
    InitialApplication.objects.filter(applicant=application.applicant).update(status=status)

    with pytest.raises(Refused, match="not decided that this applicant can take part"):
        actions.put_on_waiting_list(application=application, by=make.coordinator_of(application.listing), reason="")


def test_who_is_not_eligible_any_more_waits_for_nothing_and_is_named_before_the_seal():
    decided = scenarios.selected_not_selected_and_waiting()
    InitialApplication.objects.filter(applicant=decided.waiting.applicant).update(status="ineligible")

    [result] = results_of(type(decided.waiting).objects.filter(pk=decided.waiting.pk))

    assert result == Result(decided.waiting.pk, "not_accepted")
    assert [
        problem.words
        for problem in problems_with(
            decided.round, everything_in(decided.round, decided.program_coordinator), decided.program_coordinator
        )
    ] == [
        f"{decided.waiting.applicant} is on the waiting list, but it is not decided that this applicant can take part."
    ]


def test_the_waiting_list_stays_as_it_is_after_the_release():
    coordinator, [first, second] = waiting_list(2, phase=Phase.ANNOUNCED)

    deeds = [
        lambda: actions.let_wait_before(place=second, other=first, by=coordinator),
        lambda: actions.say_why_she_waits(place=first, by=coordinator, reason="So."),
        lambda: actions.take_off_waiting_list(place=first, by=coordinator, reason="So."),
    ]

    for deed in deeds:
        with pytest.raises(Refused, match="results of this round are out"):
            deed()


def test_the_rest_is_undecided_again_with_a_reason_and_once():
    listing = make.listing()
    rest = make.rest_not_accepted(listing)
    coordinator = rest.decided_by

    with pytest.raises(Refused, match="Say why"):
        actions.take_rest_back(listing=listing, by=coordinator, reason="")
    for _ in range(2):
        actions.take_rest_back(listing=listing, by=coordinator, reason="One was forgotten.")

    taken = TakenBack.objects.get()
    assert not RestNotAccepted.objects.exists()
    assert (taken.listing, taken.application, taken.decision) == (listing, None, "rest")
    assert (taken.reason, taken.by) == ("One was forgotten.", coordinator)
    assert Event.objects.filter(deed="rest_taken_back").count() == 1


def test_the_rest_stays_not_accepted_after_the_release():
    decided = scenarios.released()

    with pytest.raises(Refused, match="results of this round are out"):
        actions.take_rest_back(listing=decided.listing, by=decided.program_coordinator, reason="One was forgotten.")

    assert Seal.objects.standing().exists()
