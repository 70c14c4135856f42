"""Orders of preference: a mentor's own, made move by move and given; and the group's, combined of those given."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import Application, InitialApplication
from mentors import actions
from mentors.models import Move, OrderOfPreference
from mentors.orders import orders_of
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds.models import Phase
from projects.models import Listing
from tests import make
from tests.mentors.orders import make_order

pytestmark = pytest.mark.django_db

Status = Application.Status


def applications_to(listing: Listing, names: str) -> list[Application]:
    return [make.application(listing, make.user(name)) for name in names.split()]


def second_mentor(listing: Listing) -> User:
    second = make.user("Second")
    make.mentorship(listing.project, second)
    return second


def page_of(listing: Listing, reader: User, asked: str = "") -> Any:
    client = Client()
    client.force_login(reader)
    return client.get(reverse("mentors:order", args=[listing.pk]) + asked)


def own(listing: Listing, reader: User) -> str:
    """Her order as her page shows it, and behind a bar who is not placed."""
    page = page_of(listing, reader).context["page"]
    placed, unplaced = ([row.application.applicant.name for row in rows] for rows in (page.placed, page.unplaced))
    return " ".join([*placed, "|", *unplaced])


def group(listing: Listing, reader: User) -> str | None:
    """The group's order as this reader's page shows it, with the places."""
    page = page_of(listing, reader).context["page"]
    rows = [f"{'–'.join(map(str, row.places))} {row.application.applicant.name}" for row in page.group]
    return None if page.orders.given is None else ", ".join(rows)


def press(reader: User, application: Application, move: str) -> Any:
    client = Client()
    client.force_login(reader)
    return client.post(reverse("mentors:place", args=[application.pk]), {"move": move}, follow=True)


@pytest.mark.parametrize(
    ("moved", "move", "expected"),
    [
        ("Cleo", "first", "Cleo Ada Bea | Dora Emma"),
        ("Cleo", "up", "Ada Cleo Bea | Dora Emma"),
        ("Ada", "up", "Ada Bea Cleo | Dora Emma"),
        ("Ada", "down", "Bea Ada Cleo | Dora Emma"),
        ("Cleo", "down", "Ada Bea Cleo | Dora Emma"),
        ("Ada", "last", "Bea Cleo Ada | Dora Emma"),
        ("Bea", "out", "Ada Cleo | Bea Dora Emma"),
        ("Dora", "first", "Dora Ada Bea Cleo | Emma"),
        ("Emma", "last", "Ada Bea Cleo Emma | Dora"),
        ("Dora", "out", "Ada Bea Cleo | Dora Emma"),
        ("Ada", "nonsense", "Ada Bea Cleo | Dora Emma"),
    ],
)
def test_a_button_moves_an_applicant(moved, move, expected):
    listing = make.listing()
    mentor = make.mentor_of(listing)
    applications = applications_to(listing, "Ada Bea Cleo Dora Emma")
    make_order(mentor, *applications[:3], given=False)

    press(mentor, next(one for one in applications if one.applicant.name == moved), move)

    assert own(listing, mentor) == expected


def test_the_keyboard_goes_on_in_the_row_that_was_moved():
    listing = make.listing()
    mentor = make.mentor_of(listing)
    _, bea, cleo = applications = applications_to(listing, "Ada Bea Cleo")
    make_order(mentor, *applications, given=False)

    pages = [press(mentor, cleo, "up"), press(mentor, cleo, "up"), press(mentor, bea, "out")]

    focus = [[(row.application, row.focus) for row in shown.placed + shown.unplaced if row.focus]
             for shown in (page.context["page"] for page in pages)]  # fmt: skip
    assert focus == [[(cleo, Move.UP)], [(cleo, Move.DOWN)], [(bea, Move.FIRST)]]
    assert [page.text.count("autofocus") for page in pages] == [1, 1, 1]


def test_a_button_offers_what_can_be_done():
    listing = make.listing()
    mentor = make.mentor_of(listing)
    applications = applications_to(listing, "Ada Bea Cleo Dora")
    make_order(mentor, *applications[:3], given=False)

    page = page_of(listing, mentor).context["page"]

    assert [row.moves for row in page.placed + page.unplaced] == [
        ["down", "out"],
        ["up", "down", "out"],
        ["first", "up", "out"],
        ["first", "last"],
    ]


def test_a_move_is_audited_and_one_that_changes_nothing_is_not():
    application = make.application()
    mentor = make.mentor_of(application.listing)

    for move in (Move.FIRST, Move.UP, Move.OUT):
        actions.place_application(application=application, by=mentor, move=move)

    events = Event.objects.about(OrderOfPreference.objects.get()).order_by("pk")
    one, out = ({"application": application.pk, "place": place} for place in (1, None))
    assert [(event.deed, event.before, event.after) for event in events] == [
        ("application_placed", out, one),
        ("application_placed", one, out),
    ]
    assert {(event.actor, event.round_id) for event in events} == {(mentor, application.round.pk)}


def test_an_order_is_given_once_and_the_event_says_so():
    application = make.application()
    mentor, at = make.mentor_of(application.listing), application.round.applications_close_at
    order = make_order(mentor, application, given=False)

    for hours in (0, 1):
        actions.give_order(listing=application.listing, by=mentor, at=at.replace(hour=hours))

    order.refresh_from_db()
    assert order.given_at == at.replace(hour=0)
    assert [event.deed for event in Event.objects.about(order)] == ["order_given"]


def test_an_order_of_nobody_is_not_given():
    application = make.application()
    mentor = make.mentor_of(application.listing)
    make_order(mentor, make.application(application.listing, status=Status.WITHDRAWN), given=False)

    with pytest.raises(Refused, match="Nobody is placed"):
        actions.give_order(listing=application.listing, by=mentor, at=application.round.applications_close_at)


def test_orders_stay_as_they_are_after_the_release():
    listing = make.listing(make.participation(phase=Phase.ANNOUNCED))
    mentor = make.mentor_of(listing)
    ada, bea = applications_to(listing, "Ada Bea")
    make_order(mentor, ada, bea, given=False)

    with pytest.raises(Refused, match="orders stay"):
        actions.place_application(application=bea, by=mentor, move=Move.FIRST)
    with pytest.raises(Refused, match="orders stay"):
        actions.give_order(listing=listing, by=mentor, at=listing.round.announcement_at)

    assert own(listing, mentor) == "Ada Bea |"
    assert "Move up" not in page_of(listing, mentor).text


def test_who_withdraws_leaves_the_order_and_comes_back_to_her_place():
    listing = make.listing()
    mentor = make.mentor_of(listing)
    ada, bea, cleo = applications_to(listing, "Ada Bea Cleo")
    make_order(mentor, ada, bea, cleo)
    Application.objects.filter(pk=bea.pk).update(status=Status.WITHDRAWN, withdrawn_at=bea.submitted_at)

    without = own(listing, mentor), group(listing, mentor)
    press(mentor, cleo, "up")
    Application.objects.filter(pk=bea.pk).update(status=Status.SUBMITTED, withdrawn_at=None)

    assert without == ("Ada Cleo |", "1 Ada, 2 Cleo")
    assert own(listing, mentor) == "Cleo Bea Ada |"


def test_who_was_withdrawn_meanwhile_is_not_moved():
    application = make.application(status=Status.WITHDRAWN)
    mentor = make.mentor_of(application.listing)
    make_order(mentor, application, given=False)

    with pytest.raises(Refused, match="was withdrawn"):
        actions.place_application(application=application, by=mentor, move=Move.OUT)


def test_others_orders_show_once_ones_own_is_given_and_to_coordinators():
    listing = make.listing()
    first, second = make.mentor_of(listing), second_mentor(listing)
    ada, bea = applications_to(listing, "Ada Bea")
    make_order(first, bea, ada)
    order = make_order(second, ada, given=False)

    hidden, while_hidden = group(listing, second), page_of(listing, second).text
    by_coordinators = [group(listing, one) for one in (make.coordinator_of(listing), make.program_coordinator())]
    order.given_at = ada.submitted_at
    order.save()

    assert (hidden, "It shows once you have given yours" in while_hidden) == (None, True)
    assert by_coordinators == ["1 Bea, 2 Ada"] * 2  # an order that is not given counts nowhere
    assert group(listing, second) == "1–2 Ada, 1–2 Bea"


def test_a_coordinator_who_mentors_the_project_gives_her_own_order_first():
    listing = make.listing()
    (ada,) = applications_to(listing, "Ada")
    make_order(make.mentor_of(listing), ada)
    coordinator = make.coordinator_of(listing)
    make.mentorship(listing.project, coordinator)

    assert group(listing, coordinator) is None


def test_the_groups_order_is_the_mentors_orders_with_ties_and_without_whom_nobody_placed():
    listing = make.listing()
    first, second = make.mentor_of(listing), second_mentor(listing)
    ada, bea, cleo, dora, _emma = applications_to(listing, "Ada Bea Cleo Dora Emma")
    make_order(first, cleo, ada)
    make_order(second, cleo, bea, ada, dora)

    page = page_of(listing, first)

    assert group(listing, first) == "1 Cleo, 2–3 Ada, 2–3 Bea, 4 Dora"
    rows = [[place for _, place in row.by_mentor] for row in page.context["page"].group]
    assert rows == [[1, 1], [2, 3], [None, 2], [None, 4]]


def test_who_stepped_back_knows_nothing_of_her_place_and_finds_no_gap():
    listing = make.listing()
    first, second = make.mentor_of(listing), second_mentor(listing)
    ada, bea, cleo = applications_to(listing, "Ada Bea Cleo")
    make_order(first, ada, bea, cleo)
    make_order(second, bea, ada, cleo)
    make.recusal(first, ada.applicant)

    page = page_of(listing, first)

    assert (own(listing, first), group(listing, first)) == ("Bea Cleo |", "1 Bea, 2 Cleo")
    assert [place for row in page.context["page"].group for _, place in row.by_mentor] == [1, 1, 2, 2]
    assert "Ada" not in page.text


def test_of_whom_a_mentor_stepped_back_from_she_says_nothing_in_the_groups_order():
    listing = make.listing()
    first, second = make.mentor_of(listing), second_mentor(listing)
    ada, bea, cleo = applications_to(listing, "Ada Bea Cleo")
    make_order(first, bea, cleo, ada)
    make_order(second, ada, cleo, bea)
    make.recusal(first, ada.applicant)
    coordinator = make.coordinator_of(listing)

    # The first neither puts Ada last, nor stands in her way.
    assert group(listing, coordinator) == "1 Ada, 2–3 Bea, 2–3 Cleo"
    rows = [[place for _, place in row.by_mentor] for row in page_of(listing, coordinator).context["page"].group]
    assert rows == [[None, 1], [1, 3], [2, 2]]


def test_whom_only_the_recused_placed_is_placed_by_nobody():
    listing = make.listing()
    mentor = make.mentor_of(listing)
    ada, bea = applications_to(listing, "Ada Bea")
    make_order(mentor, ada, bea)
    make.recusal(mentor, ada.applicant)

    assert group(listing, make.coordinator_of(listing)) == "1 Bea"


@pytest.mark.parametrize("how", ["leaves the project", "applies in the round"])
def test_the_order_of_who_may_not_review_any_more_does_not_count(how):
    listing = make.listing()
    first, second = make.mentor_of(listing), second_mentor(listing)
    ada, bea = applications_to(listing, "Ada Bea")
    make_order(first, ada, bea)
    make_order(second, bea, ada)

    if how == "leaves the project":
        listing.project.mentorships.filter(user=second).delete()
    else:
        make.application(make.listing(make.participation(listing.round)), second, status=Status.DRAFT)

    assert group(listing, first) == "1 Ada, 2 Bea"


def test_the_applicants_are_sorted_and_filtered_by_both_orders(client):
    listing = make.listing()
    mentor, second = make.mentor_of(listing), second_mentor(listing)
    ada, _bea, cleo, dora = applications_to(listing, "Ada Bea Cleo Dora")
    make_order(mentor, cleo, ada)
    make_order(second, dora, cleo)
    client.force_login(mentor)

    def shown(asked: str) -> list[tuple[str, int | None, str | None]]:
        rows = client.get(reverse("mentors:listing", args=[listing.pk]) + asked).context["table"].rows
        return [(row.applicant.name, row.own_place, row.group_places) for row in rows]

    cleo_shown, dora_shown = ("Cleo", 1, "1–2"), ("Dora", None, "1–2")
    ada_shown, bea_shown = ("Ada", 2, "3"), ("Bea", None, None)
    assert shown("?sort=group") == [cleo_shown, dora_shown, ada_shown, bea_shown]
    assert shown("?sort=place") == [cleo_shown, ada_shown, bea_shown, dora_shown]
    assert shown("?only=unplaced") == [bea_shown, dora_shown]


def test_sorting_by_the_groups_order_tells_nothing_before_ones_own_is_given(client):
    listing = make.listing()
    ada, bea = applications_to(listing, "Ada Bea")
    make_order(make.mentor_of(listing), bea, ada)
    client.force_login(second_mentor(listing))

    page = client.get(reverse("mentors:listing", args=[listing.pk]) + "?sort=group")

    assert [row.applicant.name for row in page.context["table"].rows] == ["Ada", "Bea"]
    assert page.text.count("after yours") == 2


def test_a_listing_without_orders_has_an_empty_one():
    listing = make.listing()

    assert orders_of(listing, make.coordinator_of(listing)).group == {}
    assert "No mentor has given an order yet." in page_of(listing, make.coordinator_of(listing)).text


def test_who_is_not_eligible_any_more_keeps_her_place():
    listing = make.listing()
    mentor = make.mentor_of(listing)
    ada, bea = applications_to(listing, "Ada Bea")
    make_order(mentor, bea, ada)

    InitialApplication.objects.filter(applicant=bea.applicant).update(status="ineligible")

    assert group(listing, mentor) == "1 Bea, 2 Ada"
