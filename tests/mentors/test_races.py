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


def test_of_six_confirmations_for_the_last_slot_one_wins():
    participation = make.participation(phase=Phase.SELECTION, slots=1)
    selections = [make.selection(participation) for _ in range(6)]
    coordinators = [make.user() for _ in selections]
    participation.community.coordinators.set(coordinators)

    pages = together(
        *(
            posting(browser_of(coordinator), reverse("mentors:confirm", args=[selection.pk]))
            for coordinator, selection in zip(coordinators, selections, strict=True)
        )
    )

    refused = [f"Every slot of {participation.community} is taken." in page.text for page in pages]
    assert [page.status_code for page in pages] == [200] * 6
    assert sorted(refused) == [False] + [True] * 5
    assert Selection.objects.confirmed().get() == selections[refused.index(False)]
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
