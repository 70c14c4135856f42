"""A listing's orders of preference as far as one reader may know them, and the group's order made of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.http import QueryDict

from applications.models import Application, Recusal
from mentors.models import Move, OrderOfPreference, Preference
from mentors.permissions import may_see_all_ratings
from mentors.schulze import combined
from mentors.tables import applicants_of
from opw.accounts.models import User
from projects.models import Listing, Mentorship

Places = tuple[int, ...]  # in the group's order: one, or the first and the last of those that several share


@dataclass(frozen=True)
class Ballot:
    """A mentor's order, without those whom the reader does not see and those from whom the mentor stepped back."""

    mentor: User
    given_at: datetime | None
    placed: list[int]  # applications by their numbers
    stepped_back_from: set[int]

    @property
    def places(self) -> dict[int, int]:
        return {application: place for place, application in enumerate(self.placed, start=1)}

    def among(self, everybody: Iterable[int]) -> dict[int, int]:
        """As it counts in the group's order: whom she has not placed stand below those whom she has, all equal."""
        places = dict.fromkeys(everybody, len(self.placed) + 1) | self.places
        return {application: places[application] for application in places.keys() - self.stepped_back_from}


@dataclass(frozen=True)
class Orders:
    """What a reader knows: her own order; those that were given once she has given hers, or as a coordinator."""

    own: Ballot | None
    given: list[Ballot] | None

    @property
    def own_places(self) -> dict[int, int]:
        return self.own.places if self.own else {}

    @property
    def group(self) -> dict[int, Places]:
        """The group's order, its first place first. Whom nobody has placed has no place in it."""
        ballots = self.given or []
        everybody = set(chain.from_iterable(ballot.placed for ballot in ballots))
        places: dict[int, Places] = {}
        for layer in combined([ballot.among(everybody) for ballot in ballots]):
            first, last = len(places) + 1, len(places) + len(layer)
            places |= dict.fromkeys(sorted(layer), (first,) if first == last else (first, last))
        return places


def orders_of(listing: Listing, user: User) -> Orders:
    """The orders of those who mentor the project today and do not apply in the round, as this reader may know them."""
    return orders_by_listing([listing], user)[listing.pk]


def orders_by_listing(listings: Sequence[Listing], user: User) -> dict[int, Orders]:
    """The orders of several listings of a round, by their numbers."""
    if not listings:
        return {}
    visible = Application.objects.seen_by_reviewers(user).filter(listing__in=listings)
    mentorships = Mentorship.objects.confirmed()
    placed = Preference.objects.filter(order=OuterRef("pk"), application__in=visible).order_by("position")
    recusals = Recusal.objects.filter(person=OuterRef(OuterRef("mentor")))
    stepped_back_from = Application.objects.filter(
        listing=OuterRef("listing"), applicant__in=recusals.values("applicant")
    )
    orders = (
        OrderOfPreference.objects.filter(listing__in=listings)
        .filter(Exists(mentorships.filter(project=OuterRef("listing__project"), user=OuterRef("mentor"))))
        .exclude(Exists(Application.objects.live().of_round(listings[0].round).filter(applicant=OuterRef("mentor"))))
        .annotate(
            placed=ArraySubquery(placed.values("application")),
            stepped_back_from=ArraySubquery(stepped_back_from.values("pk")),
        )
        .select_related("mentor")
        .order_by("given_at", "pk")
    )
    ballots: dict[int, list[Ballot]] = defaultdict(list)
    for order in orders:
        ballots[order.listing_id].append(_ballot(order))
    return {listing.pk: _known(listing, ballots[listing.pk], user) for listing in listings}


def _known(listing: Listing, ballots: list[Ballot], user: User) -> Orders:
    """What this reader may know of a listing's orders."""
    own = next((ballot for ballot in ballots if ballot.mentor == user), None)
    knows = may_see_all_ratings(user, listing) or (own is not None and own.given_at is not None)
    return Orders(own, [ballot for ballot in ballots if ballot.given_at] if knows else None)


def _ballot(order: Any) -> Ballot:
    """Any: the order also says whom it places, and from whom its mentor stepped back."""
    stepped_back_from = set(order.stepped_back_from)
    placed = [application for application in order.placed if application not in stepped_back_from]
    return Ballot(order.mentor, order.given_at, placed, stepped_back_from)


@dataclass(frozen=True)
class Row:
    """An applicant in the reader's own order or beside it, and what she can do there."""

    application: Any  # with what applicants_of says of it
    moves: list[Move]
    focus: Move | None  # the button that goes on where she pressed one


@dataclass(frozen=True)
class GroupRow:
    """An applicant's place in the group's order, and in each of the orders that it is made of."""

    application: Application
    places: Places
    by_mentor: list[tuple[User, int | None]]


@dataclass(frozen=True)
class OrderPage:
    orders: Orders
    placed: list[Row]
    unplaced: list[Row]
    group: list[GroupRow]


def order_page(listing: Listing, user: User, address: QueryDict) -> OrderPage:
    """Her own order with what can be moved in it, and the group's; the address says what she has just moved."""
    orders = orders_of(listing, user)
    seen = {application.pk: application for application in applicants_of(listing, user)}
    own = {application: place for application, place in orders.own_places.items() if application in seen}
    into = [Move.FIRST, Move.LAST] if own else [Move.FIRST]
    return OrderPage(
        orders=orders,
        placed=[_row(seen[one], _moves_within(place, len(own)), address) for one, place in own.items()],
        unplaced=[_row(application, into, address) for one, application in seen.items() if one not in own],
        group=[
            GroupRow(seen[one], places, [(ballot.mentor, ballot.places.get(one)) for ballot in orders.given or []])
            for one, places in orders.group.items()
            if one in seen
        ],
    )


def _moves_within(place: int, last: int) -> list[Move]:
    possible = {Move.FIRST: place > 2, Move.UP: place > 1, Move.DOWN: place < last, Move.OUT: True}
    return [move for move, is_possible in possible.items() if is_possible]


def _row(application: Application, moves: list[Move], address: QueryDict) -> Row:
    if address.get("moved") != str(application.pk):
        return Row(application, moves, None)
    liked = [address.get("by"), Move.UP, *moves]
    return Row(application, moves, min(moves, key=liked.index))
