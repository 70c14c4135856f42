"""Proposals, slots and conflicts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Application, InitialApplication
from mentors import actions
from mentors.decisions import decisions_of
from mentors.models import RestNotAccepted, Selection, WaitingPlace
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Phase
from tests import make

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)


def propose(application: Application, by=None, *, at=None) -> Selection:
    return actions.propose_selection(
        application=application,
        by=by or make.mentor_of(application.listing),
        reasons="The best of them.",
        at=at or application.round.contributions_close_at,
    )


def confirm(selection: Selection) -> None:
    actions.confirm_selection(
        selection=selection,
        by=make.coordinator_of(selection.application.listing),
        at=selection.application.round.selection_closes_at,
    )


def test_a_proposal_is_known_to_nobody_else():
    application = make.application()
    mentor = make.mentor_of(application.listing)

    selection = propose(application)

    event = Event.objects.about(selection).get()
    assert Selection.objects.get() == selection
    assert (selection.proposed_by, selection.slot) == (mentor, None)
    assert (event.deed, event.actor, event.round_id) == ("selection_proposed", mentor, application.round.pk)
    assert not Letter.objects.exists()


def test_an_applicant_is_proposed_once():
    application = make.application()
    propose(application)

    with pytest.raises(Refused, match="proposed already"):
        propose(application, make.coordinator_of(application.listing))


def test_mentors_propose_until_selection_closes():
    listing = make.listing()
    in_time, too_late = make.application(listing), make.application(listing)
    closes_at = listing.round.selection_closes_at

    propose(in_time, at=closes_at - MOMENT)
    with pytest.raises(Refused, match="Selection is closed"):
        propose(too_late, at=closes_at)

    assert Selection.objects.get().application == in_time


def test_coordinators_propose_until_the_release():
    application = make.application()
    coordinator = make.coordinator_of(application.listing)

    selection = propose(application, coordinator, at=application.round.announcement_at)

    assert selection.proposed_by == coordinator


@pytest.mark.parametrize("marks", [[], ["needs_work"], ["needs_work", "needs_work"]])
def test_without_a_contribution_that_may_count_nobody_is_proposed_or_waits(marks):
    application = make.application(contributed=False)
    for mark in marks:
        make.contribution(application.listing, application.applicant, mark=mark)

    with pytest.raises(Refused, match="not considered"):
        propose(application)
    with pytest.raises(Refused, match="not considered"):
        actions.put_on_waiting_list(application=application, by=make.coordinator_of(application.listing), reason="")


@pytest.mark.parametrize("mark", ["", "seen", "counts"])
def test_a_contribution_that_may_count_is_enough(mark):
    application = make.application(contributed=False)
    make.contribution(application.listing, application.applicant, mark="needs_work")
    make.contribution(application.listing, application.applicant, mark=mark)

    assert propose(application) == Selection.objects.get()


def test_a_contribution_to_another_project_is_not_enough():
    application = make.application(contributed=False)
    make.contribution(make.listing(application.listing.participation), application.applicant)

    with pytest.raises(Refused, match="not considered"):
        propose(application)


def test_confirming_takes_a_slot_and_tells_nobody():
    selection = make.selection()
    participation = selection.application.listing.participation
    coordinator = make.coordinator_of(participation)

    confirm(selection)

    selection.refresh_from_db()
    event = Event.objects.about(selection).get()
    assert selection.slot == participation.slots.get()
    assert (selection.confirmed_by, selection.confirmed_at) == (coordinator, participation.round.selection_closes_at)
    assert (event.deed, event.round_id) == ("selection_confirmed", participation.round.pk)
    assert not Letter.objects.exists()


def test_confirming_stops_when_every_slot_is_taken(client):
    participation = make.participation(phase=Phase.SELECTION, slots=1)
    first, second = make.selection(participation), make.selection(participation)
    client.force_login(make.coordinator_of(participation))

    client.post(reverse("mentors:confirm", args=[first.pk]))
    page = client.post(reverse("mentors:confirm", args=[second.pk]), follow=True)

    assert list(Selection.objects.confirmed()) == [first]
    assert f"Every slot of {participation.community} is taken." in page.text


def test_confirming_twice_takes_one_slot():
    participation = make.participation(slots=2)
    selection = make.selection(participation)

    for _ in range(2):
        confirm(selection)

    assert Selection.objects.confirmed().count() == 1
    assert Event.objects.filter(deed="selection_confirmed").count() == 1


def test_a_listing_takes_one_intern_unless_more_are_wanted():
    participation = make.participation(slots=3)
    listing = make.listing(participation)
    first, second, third = (make.selection(application=make.application(listing)) for _ in range(3))

    confirm(first)
    with pytest.raises(Refused, match="interns it wants"):
        confirm(second)
    listing.interns_wanted = 2
    listing.save()
    confirm(second)
    with pytest.raises(Refused, match="interns it wants"):
        confirm(third)

    assert set(Selection.objects.confirmed()) == {first, second}


def test_slots_of_another_community_or_round_are_not_taken():
    participation = make.participation(slots=0)
    make.participation(participation.round, slots=1)
    make.participation(phase=Phase.FINISHED, of=participation.community, slots=1)

    with pytest.raises(Refused, match="Every slot"):
        confirm(make.selection(participation))


def withdraw(selection: Selection) -> None:
    """The selected applicant takes this application back."""
    Application.objects.filter(pk=selection.application_id).update(
        status=Application.Status.WITHDRAWN, withdrawn_at=selection.proposed_at
    )


def wanted_twice() -> tuple[Selection, Selection]:
    """One person proposed by two communities."""
    first = make.selection()
    elsewhere = make.listing(make.participation(first.application.round))
    again = make.application(elsewhere, first.application.applicant)
    return first, make.selection(application=again)


def test_neither_of_two_proposals_for_one_person_is_confirmed():
    for selection in wanted_twice():
        with pytest.raises(Refused, match="A program coordinator settles that first"):
            confirm(selection)

    assert not Selection.objects.confirmed().exists()


def test_a_conflict_ends_when_one_proposal_is_taken_back():
    first, second = wanted_twice()

    actions.withdraw_selection(selection=first, by=make.program_coordinator(), reason="She prefers the other.")
    confirm(second)

    assert list(Selection.objects.all()) == list(Selection.objects.confirmed()) == [second]


def test_a_conflict_ends_when_the_applicant_withdraws_one():
    first, second = wanted_twice()

    withdraw(first)
    confirm(second)

    assert list(Selection.objects.confirmed()) == [second]


def test_a_confirmed_applicant_who_withdrew_can_be_confirmed_elsewhere():
    first = make.selection(confirmed=True)
    elsewhere = make.listing(make.participation(first.application.round))
    withdraw(first)
    second = make.selection(application=make.application(elsewhere, first.application.applicant))

    confirm(second)

    assert list(Selection.objects.confirmed()) == [second]


def test_the_slot_of_who_withdrew_is_free_again():
    first = make.selection(confirmed=True)
    participation = first.application.listing.participation
    withdraw(first)
    second = make.selection(participation)

    taken = decisions_of(participation, make.coordinator_of(participation)).taken
    confirm(second)

    assert taken == 0
    assert list(Selection.objects.confirmed()) == [second]


def test_who_withdrew_is_not_confirmed():
    selection = make.selection()
    withdraw(selection)

    with pytest.raises(Refused, match="withdrawn this application"):
        confirm(selection)


@pytest.mark.parametrize("status", [InitialApplication.Status.SUBMITTED, InitialApplication.Status.INELIGIBLE])
def test_who_is_not_eligible_is_not_confirmed(status):
    selection = make.selection()
    InitialApplication.objects.filter(pk=selection.initial_application_id).update(status=status)

    with pytest.raises(Refused, match="not decided that this applicant can take part"):
        confirm(selection)

    assert not Selection.objects.confirmed().exists()


def test_a_selection_taken_back_frees_its_slot():
    participation = make.participation(slots=1)
    first, second = make.selection(participation), make.selection(participation)
    confirm(first)
    coordinator = make.coordinator_of(participation)

    first.refresh_from_db()
    with pytest.raises(Refused, match="Say why"):
        actions.withdraw_selection(selection=first, by=coordinator, reason=" ")
    actions.withdraw_selection(selection=first, by=coordinator, reason="She took a job.")
    confirm(second)

    event = Event.objects.get(deed="selection_withdrawn")
    assert list(Selection.objects.all()) == [second]
    assert event.before == {"slot": participation.slots.get().pk}


def test_a_selection_taken_back_twice_is_taken_back_once():
    selection = make.selection()
    coordinator = make.coordinator_of(selection.application.listing)
    again = Selection.objects.get()

    actions.withdraw_selection(selection=selection, by=coordinator, reason="She took a job.")
    actions.withdraw_selection(selection=again, by=coordinator, reason="She took a job.")

    assert Event.objects.filter(deed="selection_withdrawn").count() == 1


def test_the_waiting_list_keeps_its_order():
    listing = make.listing()
    applications = [make.application(listing) for _ in range(3)]
    coordinator = make.coordinator_of(listing)

    for application in applications:
        actions.put_on_waiting_list(application=application, by=coordinator, reason="")

    waiting = WaitingPlace.objects.filter(participation=listing.participation)
    assert [place.application for place in waiting] == applications
    assert [place.position for place in waiting] == [1, 2, 3]


def test_nobody_waits_twice_or_while_she_is_proposed():
    listing = make.listing()
    waits, proposed = make.application(listing), make.application(listing)
    coordinator = make.coordinator_of(listing)
    make.waiting_place(waits)
    make.selection(application=proposed)

    with pytest.raises(Refused, match="on the waiting list already"):
        actions.put_on_waiting_list(application=waits, by=coordinator, reason="")
    with pytest.raises(Refused, match="take that back first"):
        actions.put_on_waiting_list(application=proposed, by=coordinator, reason="")


def test_who_is_proposed_waits_no_longer():
    application = make.application()
    make.waiting_place(application)

    propose(application)

    assert not WaitingPlace.objects.exists()


def test_the_rest_is_declined_once():
    listing = make.listing()
    coordinator = make.coordinator_of(listing)

    audited = []
    for _ in range(2):
        actions.decline_rest(listing=listing, by=coordinator)
        audited.append(Event.objects.filter(deed="rest_not_accepted").count())

    assert RestNotAccepted.objects.get().decided_by == coordinator
    assert audited == [1, 1]


def test_decisions_stay_as_they_are_after_the_release():
    participation = make.participation(phase=Phase.ANNOUNCED)
    selection = make.selection(participation)
    application = make.application(selection.application.listing)
    coordinator, at = make.coordinator_of(participation), participation.round.announcement_at

    deeds = [
        lambda: propose(application, coordinator, at=at),
        lambda: confirm(selection),
        lambda: actions.withdraw_selection(selection=selection, by=coordinator, reason="She took a job."),
        lambda: actions.put_on_waiting_list(application=application, by=coordinator, reason=""),
        lambda: actions.decline_rest(listing=application.listing, by=coordinator),
    ]

    for deed in deeds:
        with pytest.raises(Refused, match="results of this round are out"):
            deed()
