"""What the database itself keeps true of decisions, whatever the code forgets."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from mentors.models import Rating, Selection
from opw.rounds.models import Slot
from tests import make
from tests.mentors.orders import make_order

pytestmark = pytest.mark.django_db


def rated_twice_by_one_mentor():
    rating = make.rating(make.application())
    make.rating(rating.application, rating.mentor)


def rated_six():
    make.rating(make.application(), score=6)


def rated_nothing():
    rating = make.rating(make.application())
    Rating.objects.filter(pk=rating.pk).update(score=0)


def two_orders_of_one_mentor():
    application = make.application()
    for _ in range(2):
        make_order(make.mentor_of(application.listing), application)


def placed_twice_in_one_order():
    application = make.application()
    make_order(make.mentor_of(application.listing), application, application)


def two_on_one_place_of_an_order():
    first = make.application()
    order = make_order(make.mentor_of(first.listing), first)
    order.preferences.create(application=make.application(first.listing), position=1)


def selected_twice_for_one_listing():
    selection = make.selection()
    make.selection(application=selection.application)


def one_slot_for_two():
    participation = make.participation(slots=1)
    first, second = make.selection(participation, confirmed=True), make.selection(participation)
    Selection.objects.filter(pk=second.pk).update(
        slot=first.slot, confirmed_by=first.confirmed_by, confirmed_at=first.confirmed_at
    )


def one_person_in_two_slots():
    first = make.selection(confirmed=True)
    elsewhere = make.listing(make.participation(first.application.round))
    make.selection(application=make.application(elsewhere, first.application.applicant), confirmed=True)


def a_slot_confirmed_by_nobody():
    selection = make.selection()
    Selection.objects.filter(pk=selection.pk).update(slot=selection.application.listing.participation.slots.get())


def confirmed_without_a_slot():
    selection = make.selection(confirmed=True)
    Selection.objects.filter(pk=selection.pk).update(slot=None)


def two_on_one_waiting_place():
    listing = make.listing()
    for _ in range(2):
        make.waiting_place(make.application(listing), position=1)
    connection.check_constraints()  # this one waits for the transaction's end


def the_rest_of_one_application():
    application = make.application()
    make.taken_back(application.listing, application, decision="rest")


def a_proposal_of_nobody():
    make.taken_back(make.listing(), None, decision="proposal")


@pytest.mark.parametrize(
    ("state", "constraint"),
    [
        (rated_twice_by_one_mentor, "one_rating_per_mentor"),
        (rated_six, "rating_is_1_to_5"),
        (rated_nothing, "rating_is_1_to_5"),
        (two_orders_of_one_mentor, "one_order_per_mentor"),
        (placed_twice_in_one_order, "one_preference_per_application"),
        (two_on_one_place_of_an_order, "one_preference_per_position"),
        (selected_twice_for_one_listing, "mentors_selection_application_id_key"),
        (one_slot_for_two, "mentors_selection_slot_id_key"),
        (one_person_in_two_slots, "one_confirmed_selection_per_person_and_round"),
        (a_slot_confirmed_by_nobody, "confirmed_selections_know_by_whom"),
        (confirmed_without_a_slot, "confirmed_selections_know_by_whom"),
        (two_on_one_waiting_place, "one_waiting_place_per_position"),
        (the_rest_of_one_application, "the_rest_is_a_listings_the_others_an_applications"),
        (a_proposal_of_nobody, "the_rest_is_a_listings_the_others_an_applications"),
    ],
)
def test_the_database_refuses(state, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        state()


def test_a_slot_that_somebody_has_is_not_deleted():
    make.selection(confirmed=True)

    with pytest.raises(ProtectedError):
        Slot.objects.all().delete()


@pytest.mark.parametrize("name", ["selection", "rating", "rating_set", "selection_set", "waitingplace", "comment_set"])
def test_an_application_does_not_know_what_was_decided_about_it(name):
    application = make.selection(confirmed=True).application

    assert not hasattr(application, name)
    assert not hasattr(application.listing, name)
    assert not hasattr(application.applicant, name)
