"""Withdrawing a listing on the mentors' side: decisions are taken back, and nobody hears of them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
from mentors import actions
from mentors.models import RestNotAccepted, Seal, Selection, WaitingPlace
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Phase
from projects.models import Listing
from tests import make, scenarios

pytestmark = pytest.mark.django_db


def withdraw(listing: Listing) -> None:
    actions.withdraw_listing(
        listing=listing, by=make.coordinator_of(listing), because="Its mentor is ill.", at=timezone.now()
    )
    listing.refresh_from_db()


def test_it_is_refused_while_one_of_its_applicants_has_a_slot(client):
    selection = make.selection(make.participation(phase=Phase.SELECTION), confirmed=True)
    listing = selection.application.listing
    client.force_login(make.coordinator_of(listing))

    page = client.post(reverse("mentors:withdraw_listing", args=[listing.pk]), {"because": "Its mentor is ill."})

    listing.refresh_from_db()
    assert "One of its applicants has a slot." in page.text
    assert "Its mentor is ill." in page.text
    assert listing.is_live
    assert Selection.objects.confirmed().get() == selection
    assert not Letter.objects.exists()


def test_a_slot_of_somebody_who_took_her_application_back_keeps_no_listing():
    selection = make.selection(make.participation(phase=Phase.SELECTION), confirmed=True)
    Application.objects.filter(pk=selection.application_id).update(
        status=Application.Status.WITHDRAWN, withdrawn_at=timezone.now()
    )

    withdraw(selection.application.listing)

    assert not Selection.objects.exists()


def test_proposals_waiting_places_and_the_rest_go_with_it_and_only_its_own():
    participation = make.participation(phase=Phase.SELECTION)
    selection, elsewhere = make.selection(participation), make.selection(participation)
    listing = selection.application.listing
    make.waiting_place(make.application(listing))
    make.rest_not_accepted(listing)

    withdraw(listing)

    event = Event.objects.get(deed="selection_withdrawn")
    assert Selection.objects.get() == elsewhere
    assert not WaitingPlace.objects.exists()
    assert not RestNotAccepted.objects.exists()
    assert event.round_id == participation.round.pk


def test_who_was_proposed_is_told_the_same_as_who_was_not():
    listing = make.listing(make.participation(phase=Phase.SELECTION))
    proposed, waiting, neither = (make.application(listing, make.user("Ada")) for _ in range(3))
    make.selection(application=proposed)
    make.waiting_place(waiting)

    withdraw(listing)

    texts = {
        letter.text.replace(reverse("applications:move_to_another", args=[application.pk]), "(hers)")
        for application in (proposed, waiting, neither)
        for letter in Letter.objects.filter(recipient=application.applicant)
    }
    assert Letter.objects.count() == 3
    assert len(texts) == 1


def test_nobody_is_proposed_confirmed_or_put_on_the_waiting_list_there_any_more():
    participation = make.participation(phase=Phase.SELECTION)
    selection = make.selection(participation)
    listing, application = selection.application.listing, make.application(selection.application.listing)
    coordinator = make.coordinator_of(listing)
    withdraw(listing)

    with pytest.raises(Refused, match="not considered"):
        actions.propose_selection(application=application, by=coordinator, reasons="Good.", at=timezone.now())
    with pytest.raises(Refused, match="not considered"):
        actions.put_on_waiting_list(application=application, by=coordinator, reason="")
    with pytest.raises(Refused, match="taken this proposal back"):
        actions.confirm_selection(selection=selection, by=coordinator, at=timezone.now())

    assert not Selection.objects.exists()


def test_results_that_were_sealed_are_not_released_until_they_are_sealed_again():
    decided = scenarios.selected_not_selected_and_waiting()
    doomed = make.application(make.listing(decided.participation))
    make.rest_not_accepted(doomed.listing)
    scenarios.seal(decided.round)
    withdraw(doomed.listing)
    scenarios.reach(decided.round, "announcement_at")

    released = actions.release_results(round=decided.round, now=timezone.now())
    broken = Seal.objects.get().broken_because
    scenarios.seal(decided.round)
    again = actions.release_results(round=decided.round, now=timezone.now())

    doomed.refresh_from_db()
    assert (released, again) == (False, True)
    assert broken
    assert doomed.outcome == ""


def test_a_withdrawn_listing_holds_no_seal_up():
    decided = scenarios.selected_not_selected_and_waiting()
    undecided = make.application(make.listing(decided.participation))

    withdraw(undecided.listing)

    assert scenarios.seal(decided.round).results


def test_the_page_says_what_ends_without_those_the_reader_stepped_back_from(client):
    listing = make.listing()
    make.task(listing.project, held_by=make.user())
    known = make.application(listing)
    make.application(listing)
    make.application(listing, status=Application.Status.DRAFT)
    coordinator = make.coordinator_of(listing)
    make.recusal(coordinator, known.applicant)
    client.force_login(coordinator)

    ends = client.get(reverse("mentors:withdraw_listing", args=[listing.pk])).context["ends"]

    assert (ends.submitted, ends.drafts, ends.tasks) == (1, 1, 1)


def test_without_a_reason_it_is_asked_for_and_nothing_happens(client):
    listing = make.listing()
    client.force_login(make.coordinator_of(listing))

    page = client.post(reverse("mentors:withdraw_listing", args=[listing.pk]), {"because": " "})

    listing.refresh_from_db()
    assert page.context["form"].errors.keys() == {"because"}
    assert listing.is_live
