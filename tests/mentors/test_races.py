"""Coordinators and jobs at the same moment: the database decides, and nobody sees an error."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.actions import withdraw_application
from applications.models import Application
from mentors import actions
from mentors.models import OrderOfPreference, Rating, Selection, WaitingPlace
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Participation, Phase
from projects.models import Intern, Listing
from tests import make, scenarios
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_twenty_confirmations_for_the_last_slot_one_wins():
    participation = make.participation(phase=Phase.SELECTION, slots=1)
    selections = [make.selection(participation) for _ in range(20)]
    coordinators = [make.user() for _ in selections]
    participation.community.coordinators.set(coordinators)

    pages = together(
        *(
            posting(browser_of(coordinator), reverse("mentors:confirm", args=[selection.pk]))
            for coordinator, selection in zip(coordinators, selections, strict=True)
        )
    )

    won = ["Nobody is told before the announcement." in page.text for page in pages]
    assert [page.status_code for page in pages] == [200] * 20
    assert sorted(won) == [False] * 19 + [True]
    assert Selection.objects.confirmed().get() == selections[won.index(True)]
    assert Event.objects.filter(deed="selection_confirmed").count() == 1


def test_one_selection_confirmed_six_times_takes_one_slot():
    participation = make.participation(phase=Phase.SELECTION, slots=6)
    selection = make.selection(participation)
    coordinator = make.coordinator_of(participation)
    address = reverse("mentors:confirm", args=[selection.pk])

    pages = together(*(posting(browser_of(coordinator), address) for _ in range(6)))

    assert [page.status_code for page in pages] == [200] * 6
    assert Selection.objects.confirmed().count() == 1
    assert Event.objects.filter(deed="selection_confirmed").count() == 1


def test_five_moves_in_one_order_at_once_place_everybody_once():
    listing = make.listing()
    applications = [make.application(listing) for _ in range(5)]
    mentor = browser_of(make.mentor_of(listing))

    pages = together(
        *(posting(mentor, reverse("mentors:place", args=[one.pk]), {"move": "first"}) for one in applications)
    )

    order = OrderOfPreference.objects.get()
    assert [page.status_code for page in pages] == [200] * 5
    assert sorted(order.preferences.values_list("application", flat=True)) == [one.pk for one in applications]
    assert list(order.preferences.values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def choose(participation: Participation, applications: list[Application], coordinator: User) -> list[int]:
    """Propose and confirm each applicant in turn; the statuses of the answers."""
    client, statuses = browser_of(coordinator), []
    for application in applications:
        page = client.post(reverse("mentors:propose", args=[application.pk]), {"reasons": "The best."})
        selection = Selection.objects.get(application=application)
        confirmed = client.post(reverse("mentors:confirm", args=[selection.pk]))
        statuses += [page.status_code, confirmed.status_code]
    return statuses


def test_nobody_is_confirmed_by_two_communities_at_once():
    round = make.round(Phase.SELECTION)
    first, second = make.participation(round, slots=5), make.participation(round, slots=5)
    applicants = [make.user() for _ in range(5)]
    mine = [make.application(make.listing(first), applicant) for applicant in applicants]
    theirs = [make.application(make.listing(second), applicant) for applicant in applicants]

    statuses = together(
        lambda: choose(first, mine, make.coordinator_of(first)),
        lambda: choose(second, theirs, make.coordinator_of(second)),
    )

    confirmed = list(Selection.objects.confirmed().values_list("application__applicant", flat=True))
    assert statuses == [[302] * 10, [302] * 10]
    assert len(confirmed) == len(set(confirmed))
    assert Selection.objects.count() == 10


def test_an_applicant_proposed_twice_at_once_is_proposed_once():
    application = make.application(make.listing(make.participation(phase=Phase.SELECTION)))
    coordinator, mentor = make.coordinator_of(application.listing), make.mentor_of(application.listing)
    address = reverse("mentors:propose", args=[application.pk])

    pages = together(*(posting(browser_of(one), address, {"reasons": "So."}) for one in (coordinator, mentor)))

    assert [page.status_code for page in pages] == [200, 200]
    assert sorted("proposed already" in page.text for page in pages) == [False, True]
    assert Selection.objects.count() == 1


def test_a_waiting_list_filled_at_once_has_no_gap_and_no_double_place():
    listing = make.listing(make.participation(phase=Phase.SELECTION))
    applications = [make.application(listing) for _ in range(5)]
    coordinator = make.coordinator_of(listing)

    together(
        *(
            posting(browser_of(coordinator), reverse("mentors:wait", args=[application.pk]))
            for application in applications
        )
    )

    places = WaitingPlace.objects.values_list("position", flat=True)
    assert sorted(places) == [1, 2, 3, 4, 5]


def test_a_waiting_list_put_in_order_by_two_at_once_keeps_everybody_once():
    listing = make.listing(make.participation(phase=Phase.SELECTION))
    places = [make.waiting_place(make.application(listing), position=position) for position in range(1, 6)]
    moves = [(4, 0), (3, 1), (2, 0), (4, 3), (1, 0), (4, 2)]

    pages = together(
        *(
            posting(
                browser_of(make.coordinator_of(listing)),
                reverse("mentors:wait_before", args=[places[moved].pk, places[other].pk]),
            )
            for moved, other in moves
        )
    )

    order = WaitingPlace.objects.values_list("position", "pk")
    assert [page.status_code for page in pages] == [200] * 6
    assert [position for position, _ in order] == [1, 2, 3, 4, 5]
    assert {pk for _, pk in order} == {place.pk for place in places}


def wanted_twice() -> list[Selection]:
    """One person whom two communities with a slot each want."""
    first = make.selection(make.participation(phase=Phase.SELECTION, slots=1))
    elsewhere = make.listing(make.participation(first.round, slots=1))
    return [first, make.selection(application=make.application(elsewhere, first.application.applicant))]


def test_a_conflict_settled_both_ways_at_once_is_settled_one_way():
    wanted = wanted_twice()
    address = reverse("mentors:conflict", args=[wanted[0].initial_application_id])
    form = {"among": [one.pk for one in wanted], "reason": "So."}
    coordinators = [make.program_coordinator() for _ in range(6)]

    pages = together(
        *(
            posting(browser_of(coordinator), address, form | {"keep": wanted[number % 2].pk})
            for number, coordinator in enumerate(coordinators)
        )
    )

    assert [page.status_code for page in pages] == [200] * 6
    assert sorted("Settled:" in page.text for page in pages) == [False] * 5 + [True]
    assert Selection.objects.get().is_confirmed
    assert Event.objects.filter(deed="conflict_settled").count() == 1
    assert Letter.objects.count() == 1


def test_a_conflict_settled_while_both_communities_decide_about_others_stops_nobody():
    wanted = wanted_twice()
    coordinator, keep = make.program_coordinator(), wanted[0]
    settling = posting(
        browser_of(coordinator),
        reverse("mentors:conflict", args=[keep.initial_application_id]),
        {"among": [one.pk for one in wanted], "keep": keep.pk, "reason": "So."},
    )
    participations = [one.application.listing.participation for one in wanted]
    others = [make.selection(participation) for participation in participations]

    pages = together(
        settling,
        *(
            posting(browser_of(make.coordinator_of(one.application.listing)), reverse("mentors:confirm", args=[one.pk]))
            for one in others
        ),
    )

    taken = Selection.objects.confirmed().values_list("slot__participation", flat=True)
    assert [page.status_code for page in pages] == [200] * 3
    assert sorted(taken) == sorted(participation.pk for participation in participations)


def test_a_slot_is_moved_or_given_to_an_intern_but_not_both():
    participation = make.participation(phase=Phase.SELECTION, slots=1)
    other = make.participation(participation.round, slots=0)
    selection, slot = make.selection(participation), participation.slots.get()
    move, coordinator = reverse("mentors:move_slot", args=[slot.pk]), make.program_coordinator()

    pages = together(
        posting(browser_of(make.coordinator_of(participation)), reverse("mentors:confirm", args=[selection.pk])),
        *(posting(browser_of(coordinator), move, {"to": other.pk}) for _ in range(3)),
    )

    is_taken = Selection.objects.confirmed().exists()
    assert [page.status_code for page in pages] == [200] * 4
    assert (participation.slots.exists(), other.slots.exists()) == (is_taken, not is_taken)
    assert Event.objects.filter(deed__in=["selection_confirmed", "slot_moved"]).count() == 1


def test_who_withdraws_while_she_is_confirmed_takes_no_slot_from_anybody():
    selection = make.selection(make.participation(phase=Phase.SELECTION, slots=1))
    application, participation = selection.application, selection.application.listing.participation
    coordinator = make.coordinator_of(participation)
    other = make.selection(participation)

    pages = together(
        posting(browser_of(application.applicant), reverse("applications:withdraw", args=[application.pk])),
        posting(browser_of(coordinator), reverse("mentors:confirm", args=[selection.pk])),
    )
    confirmed = browser_of(coordinator).post(reverse("mentors:confirm", args=[other.pk]), follow=True)

    assert [page.status_code for page in pages] == [200, 200]
    assert confirmed.status_code == 200
    assert Selection.objects.confirmed().get() == other


def test_a_decision_and_the_release_at_once_leave_what_was_released():
    decided = scenarios.sealed()
    selection = Selection.objects.get()
    form = {"reason": "A mistake.", "breaks_seal": "on"}

    take_back = posting(
        browser_of(decided.program_coordinator), reverse("mentors:withdraw_selection", args=[selection.pk]), form
    )

    status, released = together(
        lambda: take_back().status_code,
        lambda: int(actions.release_results(round=decided.round, now=timezone.now())),
    )

    assert status == 200
    assert Selection.objects.exists() == bool(released) == Intern.objects.exists()


def test_a_mentor_who_rates_from_two_tabs_rates_once():
    application = make.application()
    mentor = make.mentor_of(application.listing)
    address = reverse("mentors:rate", args=[application.pk])

    pages = together(
        *(posting(browser_of(mentor), address, {"score": score, "reasons": "So."}) for score in (1, 2, 3, 4))
    )

    assert [page.status_code for page in pages] == [200] * 4
    assert Rating.objects.count() == 1


def test_of_two_releases_at_once_one_happens():
    decided = scenarios.sealed()
    now = timezone.now()

    released = together(*[lambda: actions.release_results(round=decided.round, now=now)] * 3)

    assert sorted(released) == [False, False, True]
    assert Letter.objects.count() == 3
    assert Intern.objects.count() == 1
    assert Event.objects.filter(deed="results_released").count() == 1


def test_of_three_jobs_that_find_no_seal_one_tells_the_coordinators():
    decided = scenarios.selected_not_selected_and_waiting()
    scenarios.reach(decided.round, "announcement_at")
    now = timezone.now()

    together(*[lambda: actions.release_due_rounds(now=now)] * 3)

    assert Letter.objects.get().recipient == decided.program_coordinator


def test_who_withdraws_while_the_results_are_released_is_out_or_accepted():
    decided = scenarios.sealed()
    before = decided.round.announcement_at - timedelta(seconds=1)

    def withdraw() -> None:
        with suppress(Refused):
            withdraw_application(application=decided.selected, by=decided.selected.applicant, received_at=before)

    together(withdraw, lambda: actions.release_results(round=decided.round, now=timezone.now()))

    decided.selected.refresh_from_db()
    intern = Intern.objects.get().person
    if decided.selected.status == Application.Status.WITHDRAWN:
        assert (decided.selected.outcome, intern) == ("", decided.waiting.applicant)
    else:
        assert (decided.selected.outcome, intern) == ("accepted", decided.selected.applicant)


def test_results_sealed_twice_at_once_have_one_seal():
    decided = scenarios.selected_not_selected_and_waiting()
    address = reverse("mentors:seal", args=[decided.round.slug])

    pages = together(*(posting(browser_of(decided.program_coordinator), address) for _ in range(3)))

    assert [page.status_code for page in pages] == [200] * 3
    assert actions.release_results(round=decided.round, now=decided.round.announcement_at)


def test_a_listing_withdrawn_while_somebody_submits_there_ends_with_nothing_submitted():
    application = make.application(status=Application.Status.DRAFT)
    listing, form = application.listing, make.ANSWERS | {"version": "1", "submit": ""}

    pages = together(
        posting(browser_of(application.applicant), reverse("applications:write", args=[listing.pk]), form),
        posting(browser_of(make.coordinator_of(listing)), withdrawal_of(listing), {"because": "Its mentor is ill."}),
    )

    application.refresh_from_db()
    assert [page.status_code for page in pages] == [200, 200]
    assert application.status != Application.Status.SUBMITTED
    assert Letter.objects.filter(subject__contains="was withdrawn").count() == 1


def test_a_listing_withdrawn_while_applicants_take_their_applications_back_goes_wrong_for_nobody():
    listing = make.listing()
    applications = [make.application(listing) for _ in range(3)]

    pages = together(
        posting(browser_of(make.coordinator_of(listing)), withdrawal_of(listing), {"because": "Its mentor is ill."}),
        *(posting(browser_of(one.applicant), reverse("applications:withdraw", args=[one.pk])) for one in applications),
    )

    assert [page.status_code for page in pages] == [200] * 4
    assert not Application.objects.submitted().exists()


def test_a_listing_is_not_withdrawn_while_one_of_its_applicants_gets_a_slot():
    participation = make.participation(phase=Phase.SELECTION, slots=1)
    selection = make.selection(participation)
    listing, coordinator = selection.application.listing, make.coordinator_of(participation)

    pages = together(
        posting(browser_of(coordinator), withdrawal_of(listing), {"because": "Its mentor is ill."}),
        posting(browser_of(coordinator), reverse("mentors:confirm", args=[selection.pk])),
    )

    listing.refresh_from_db()
    assert [page.status_code for page in pages] in ([200, 200], [200, 404])
    assert listing.is_live == Selection.objects.confirmed().exists()


def withdrawal_of(listing: Listing) -> str:
    return reverse("mentors:withdraw_listing", args=[listing.pk])
