"""Strictness: how a mentor rates beside the others on the same applications, told to herself and to coordinators."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application
from mentors.strictness import own_strictness, strictness_at
from opw.accounts.models import User
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db


def rated(listing: Listing, scores: dict[str, list[int | None]]) -> list[Application]:
    """An application for each column, with these mentors' scores."""
    applications = [make.application(listing) for _ in next(iter(scores.values()))]
    for name, row in scores.items():
        mentor = make.user(name)
        make.mentorship(listing.project, mentor)
        for application, score in zip(applications, row, strict=True):
            if score:
                make.rating(application, mentor, score=score)
    return applications


def told(listing: Listing, reader: User) -> dict[str, str]:
    """Whose strictness this reader is told, and how."""
    return {one.mentor: str(one) for one in strictness_at(listing, reader)}


def page_of(address: str, reader: User) -> Any:
    client = Client()
    client.force_login(reader)
    return client.get(address).text


def test_it_compares_the_same_applications_alone():
    listing = make.listing()
    rated(listing, {"Ada": [3, 3, 3, 1, 1], "Bea": [4, 4, 4, None, None], "Cleo": [4, 3, 4, None, None]})

    mentor = User.objects.get(name="Ada")

    (own,) = strictness_at(listing, mentor)
    assert (own.above, own.common, str(own)) == (Decimal("-0.8"), 3, "0.8 below the others")


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ([3, 3, 3], [3, 3, 3], "as the others do"),
        ([4, 3, 3], [3, 4, 3], "as the others do"),
        ([5, 5, 4], [3, 3, 3], "1.7 above the others"),
        ([1, 2, 3], [5, 5, 5], "3.0 below the others"),
        ([4, 3, 3, 3], [3, 3, 3, 3], "0.3 above the others"),  # 0.25: halves are not rounded to the even one
        ([2, 3, 3, 3], [3, 3, 3, 3], "0.3 below the others"),
    ],
)
def test_the_words_are_rounded_to_one_decimal(own, others, expected):
    listing = make.listing()
    rated(listing, {"Ada": own, "Bea": others})

    assert told(listing, User.objects.get(name="Ada")) == {"Ada": expected}


@pytest.mark.parametrize(("common", "expected"), [([4, 4, None], {}), ([4, 4, 4], {"Ada": "1.0 below the others"})])
def test_nothing_is_told_of_fewer_than_three(common, expected):
    listing = make.listing()
    rated(listing, {"Ada": [3, 3, 3], "Bea": common})

    assert told(listing, User.objects.get(name="Ada")) == expected


def test_a_mentor_is_told_her_own_and_coordinators_everybodys():
    listing = make.listing()
    rated(listing, {"Ada": [3, 3, 3], "Bea": [4, 4, 4]})
    ada, coordinator, program = User.objects.get(name="Ada"), make.coordinator_of(listing), make.program_coordinator()
    everybodys = {"Ada": "1.0 below the others", "Bea": "1.0 above the others"}

    assert told(listing, ada) == {"Ada": "1.0 below the others"}
    assert [told(listing, coordinator), told(listing, program)] == [everybodys, everybodys]


def test_the_pages_say_it_to_nobody_else():
    listing = make.listing()
    rated(listing, {"Ada": [3, 3, 3], "Bea": [4, 4, 4]})
    ada, third = User.objects.get(name="Ada"), make.user()
    make.mentorship(listing.project, third)
    home, page = reverse("mentors:home"), reverse("mentors:listing", args=[listing.pk])

    hers = [page_of(home, ada), page_of(page, ada)]
    of_others = [page_of(home, third), page_of(page, third), page_of(home, make.coordinator_of(listing))]
    of_coordinators = page_of(page, make.coordinator_of(listing))

    assert ["You rate 1.0 below the others, on 3 applications" in text for text in hers] == [True, True]
    assert [" the others, on" in text or "1.0 above" in text for text in hers + of_others] == [True, True] + [False] * 3
    assert ["1.0 above" in text for text in hers] == [False, False]
    assert ["1.0 above the others" in of_coordinators, "1.0 below the others" in of_coordinators] == [True, True]


def test_a_coordinator_who_mentors_the_project_is_told_her_own_alone():
    listing = make.listing()
    applications = rated(listing, {"Ada": [3, 3, 3], "Bea": [4, 4, 4]})
    coordinator = make.coordinator_of(listing)
    make.mentorship(listing.project, coordinator)
    for application in applications:
        make.rating(application, coordinator, score=5)

    assert told(listing, coordinator) == {coordinator.name: "1.5 above the others"}


def test_whom_the_reader_stepped_back_from_does_not_count():
    listing = make.listing()
    first, *_ = rated(listing, {"Ada": [1, 3, 3, 3], "Bea": [5, 3, 3, 3]})
    coordinator, ada = make.coordinator_of(listing), User.objects.get(name="Ada")

    for reader in (coordinator, ada):
        make.recusal(reader, first.applicant)

    assert told(listing, coordinator) == {"Ada": "as the others do", "Bea": "as the others do"}
    assert told(listing, ada) == {"Ada": "as the others do"}


def test_her_own_page_takes_all_that_she_mentors_in_the_round_together():
    listing = make.listing()
    rated(listing, {"Ada": [3, 3], "Bea": [4, 4]})
    ada, bea = User.objects.get(name="Ada"), User.objects.get(name="Bea")
    for other in (make.listing(listing.participation), make.listing(make.earlier(listing.participation))):
        make.mentorship(other.project, ada)
        application = make.application(other)
        make.rating(application, ada, score=1)
        make.rating(application, bea, score=5)

    (own,) = own_strictness(ada, listing.round)

    assert (str(own), own.common) == ("2.0 below the others", 3)
    assert own_strictness(ada, None) == []
