"""The coordinators' page of decisions: what it shows, what is next, and what it asks for while a seal stands."""

import pytest
from django.urls import reverse

from applications.models import Application, InitialApplication
from mentors.decisions import decisions_of
from mentors.models import RestNotAccepted, Seal, Selection, TakenBack, WaitingPlace
from opw.rounds.models import Participation, Phase
from tests import make, scenarios

pytestmark = pytest.mark.django_db


def withdraw(application: Application) -> None:
    Application.objects.filter(pk=application.pk).update(
        status=Application.Status.WITHDRAWN, withdrawn_at=application.submitted_at
    )


def page_of(client, participation: Participation):
    client.force_login(make.coordinator_of(participation))
    return client.get(reverse("mentors:selections", args=[participation.pk]))


def test_who_withdrew_stays_on_the_page_until_she_is_taken_back(client):
    selection = make.selection(make.participation(phase=Phase.SELECTION), confirmed=True)
    participation = selection.application.listing.participation
    withdraw(selection.application)

    page = page_of(client, participation)
    taken = page.context["decisions"].taken
    client.post(reverse("mentors:withdraw_selection", args=[selection.pk]), {"reason": "She withdrew."})

    assert "withdrew, the slot is free again" in page.text
    assert taken == 0
    assert not Selection.objects.exists()
    assert TakenBack.objects.get().reason == "She withdrew."


def test_who_confirms_somebody_who_has_just_withdrawn_reads_why_not(client):
    selection = make.selection(make.participation(phase=Phase.SELECTION))
    withdraw(selection.application)
    client.force_login(make.coordinator_of(selection.application.listing))

    page = client.post(reverse("mentors:confirm", args=[selection.pk]), follow=True)

    assert page.status_code == 200
    assert "The applicant has withdrawn this application." in page.text


def test_a_mentor_takes_her_own_proposal_back_on_the_applications_page(client):
    selection = make.selection(make.participation(phase=Phase.SELECTION))
    client.force_login(selection.proposed_by)
    address = reverse("mentors:application", args=[selection.application_id])

    page = client.get(address)
    back = client.post(
        reverse("mentors:withdraw_selection", args=[selection.pk]), {"reason": "Too early."}, follow=True
    )

    assert reverse("mentors:withdraw_selection", args=[selection.pk]) in page.text
    assert back.redirect_chain == [(address, 302)]
    assert "Too early." in back.text
    assert not Selection.objects.exists()


def test_a_confirmed_intern_is_a_coordinators_to_take_back(client):
    selection = make.selection(make.participation(phase=Phase.SELECTION), confirmed=True)
    client.force_login(selection.proposed_by)

    page = client.get(reverse("mentors:application", args=[selection.application_id]))

    assert reverse("mentors:withdraw_selection", args=[selection.pk]) not in page.text


def test_each_slot_says_who_has_it_to_who_may_know():
    participation = make.participation(phase=Phase.SELECTION, slots=3)
    seen, hidden = (make.selection(participation, confirmed=True) for _ in range(2))
    coordinator = make.coordinator_of(participation)
    make.recusal(coordinator, hidden.application.applicant)

    slots = decisions_of(participation, coordinator).slots

    assert [(slot.is_taken, slot.selection) for slot in slots] == [(True, seen), (True, None), (False, None)]


def test_the_waiting_list_says_who_is_next_and_who_is_skipped():
    participation = make.participation(phase=Phase.SELECTION)
    elsewhere, gone, doubtful, next_one, last = (make.application(make.listing(participation)) for _ in range(5))
    for position, application in enumerate([elsewhere, gone, doubtful, next_one, last], start=1):
        make.waiting_place(application, position=position)
    other = make.listing(make.participation(participation.round))
    make.selection(application=make.application(other, elsewhere.applicant), confirmed=True)
    withdraw(gone)
    InitialApplication.objects.filter(applicant=doubtful.applicant).update(status="submitted")

    waiting = decisions_of(participation, make.coordinator_of(participation)).waiting

    assert [place.application for place in waiting if place.is_next] == [next_one]
    assert [place.is_accepted_elsewhere for place in waiting] == [True, False, False, False, False]
    assert [place.has_withdrawn for place in waiting] == [False, True, False, False, False]
    assert [place.is_eligible for place in waiting] == [True, True, False, True, True]


def test_a_coordinator_moves_past_somebody_whom_she_does_not_see(client):
    participation = make.participation(phase=Phase.SELECTION)
    first, hidden, last = (make.application(make.listing(participation)) for _ in range(3))
    places = [make.waiting_place(one, position=position) for position, one in enumerate([first, hidden, last], 1)]
    coordinator = make.coordinator_of(participation)
    make.recusal(coordinator, hidden.applicant)

    page = page_of(client, participation)
    shown = page.context["decisions"].waiting
    client.post(reverse("mentors:wait_before", args=[shown[1].pk, shown[1].above.pk]))
    unseen = client.post(reverse("mentors:wait_before", args=[places[1].pk, places[0].pk]))

    assert shown == [places[0], places[2]]
    assert hidden.applicant.name not in page.text
    assert [place.application for place in WaitingPlace.objects.all()] == [last, first, hidden]
    assert unseen.status_code == 404


def test_who_withdrew_can_be_taken_off_the_waiting_list(client):
    place = make.waiting_place(make.application(make.listing(make.participation(phase=Phase.SELECTION))))
    withdraw(place.application)
    client.force_login(make.coordinator_of(place.participation))

    client.post(reverse("mentors:take_off_waiting_list", args=[place.pk]), {"reason": "She withdrew."})

    assert not WaitingPlace.objects.exists()


def test_the_projects_say_who_is_a_candidate_and_how_many_are_undecided():
    participation = make.participation(phase=Phase.SELECTION)
    chosen = make.selection(participation)
    listing = chosen.application.listing
    make.application(listing)
    make.application(listing, contributed=False)
    make.waiting_place(make.application(listing))
    empty = make.listing(participation)

    decisions = decisions_of(participation, make.coordinator_of(participation))

    assert [(one, one.applications, one.open, one.candidates) for one in decisions.projects] == [
        (listing, 4, 1, [chosen]), (empty, 0, 0, [])
    ]  # fmt: skip
    assert decisions.without_candidate == [empty]


def unfunded(in_: Participation) -> None:
    in_.slots.all().delete()
    make.selection(in_)


@pytest.mark.parametrize(
    ("arrange", "sentence"),
    [
        (lambda in_: make.selection(in_), "1 proposal can be confirmed; 1 slot free."),
        (unfunded, "1 proposal without a slot; what stands in the way is said there."),
        (lambda in_: make.application(make.listing(in_)), "1 project with applicants about whom nothing is decided."),
        (lambda in_: make.selection(in_, confirmed=True), "Everything is decided."),
    ],
    ids=["to confirm", "without a slot", "undecided", "settled"],
)
def test_what_is_next_is_said_first(client, arrange, sentence):
    participation = make.participation(phase=Phase.SELECTION, slots=1)
    arrange(participation)

    page = page_of(client, participation)

    assert page.context["decisions"].next == sentence
    assert sentence in page.text


def test_an_empty_page_says_so(client):
    page = page_of(client, make.participation(phase=Phase.SELECTION, slots=0))

    for words in (
        "Nobody is proposed yet.",
        "Nobody is on the waiting list.",
        "offers no project",
        "No slot is funded.",
    ):
        assert words in page.text


def test_after_the_release_nothing_can_be_decided(client):
    decided = scenarios.released()

    page = page_of(client, decided.participation)

    assert "The results are out; decisions stay as they are." in page.text
    assert "Take it back" not in page.text


def test_what_was_taken_back_can_be_read_but_not_of_whom_one_stepped_back_from(client):
    participation = make.participation(phase=Phase.SELECTION)
    application = make.application(make.listing(participation))
    taken = make.taken_back(application.listing, application)
    make.taken_back(application.listing, None, decision="rest")

    before = page_of(client, participation).context["decisions"].taken_back
    make.recusal(make.coordinator_of(participation), application.applicant)
    after = page_of(client, participation).context["decisions"].taken_back

    assert (len(before), len(after)) == (2, 1)
    assert taken in before
    assert taken not in after


def test_a_deed_on_sealed_results_asks_first(client):
    decided = scenarios.selected_not_selected_and_waiting()
    scenarios.seal(decided.round)
    client.force_login(decided.program_coordinator)
    address = reverse("mentors:take_rest_back", args=[decided.listing.pk])

    page = client.get(reverse("mentors:selections", args=[decided.participation.pk]))
    asked = client.post(address, {"reason": "One was forgotten."}, follow=True)
    stood = Seal.objects.stands_on(decided.round)
    client.post(address, {"reason": "One was forgotten.", "breaks_seal": "on"})

    assert "The results are sealed." in page.text
    assert "this would break the seal. Tick the box to do so." in asked.text
    assert (stood, Seal.objects.stands_on(decided.round)) == (True, False)
    assert not RestNotAccepted.objects.exists()


def test_a_proposal_on_sealed_results_asks_first(client):
    decided = scenarios.selected_not_selected_and_waiting()
    scenarios.seal(decided.round)
    client.force_login(make.coordinator_of(decided.listing))
    address = reverse("mentors:propose", args=[decided.not_selected.pk])

    asked = client.post(address, {"reasons": "Better."})
    client.post(address, {"reasons": "Better.", "breaks_seal": "on"})

    assert list(asked.context["propose_form"].errors) == ["breaks_seal"]
    assert Selection.objects.filter(application=decided.not_selected).exists()
    assert not Seal.objects.stands_on(decided.round)


def test_the_words_for_who_waits_change_under_a_seal_without_a_question(client):
    decided = scenarios.selected_not_selected_and_waiting()
    scenarios.seal(decided.round)
    place = WaitingPlace.objects.get()
    client.force_login(decided.program_coordinator)

    client.post(reverse("mentors:waiting_reason", args=[place.pk]), {"reason": "She knows the driver."})

    place.refresh_from_db()
    assert place.reason == "She knows the driver."
    assert Seal.objects.stands_on(decided.round)


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_a_reason_has_a_length(client, reason):
    place = make.waiting_place(make.application(make.listing(make.participation(phase=Phase.SELECTION))))
    client.force_login(make.coordinator_of(place.participation))

    page = client.post(reverse("mentors:take_off_waiting_list", args=[place.pk]), {"reason": reason}, follow=True)

    assert WaitingPlace.objects.get() == place
    assert ("Say why." if not reason else "Keep the reason under 500 characters.") in page.text
