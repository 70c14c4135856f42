"""A mentor's own order of a listing's applicants: made move by move, then given."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from applications.models import Application
from mentors.models import Move, OrderOfPreference, Preference
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from projects.models import Listing


@transaction.atomic
def place_application(*, application: Application, by: User, move: Move) -> None:
    """Move an application within her order, into it or out of it; where it stands already nothing happens.

    Raises Refused for one that she no longer sees, and once the results are released.
    """
    order = _locked_order(application.listing, by)
    if not Application.objects.seen_by_reviewers(by).contains(application):
        raise Refused("This application was withdrawn; its place stays as it is.")
    seen = order.preferences.filter(application__in=Application.objects.seen_by_reviewers(by))
    before = dict(seen.values_list("application", "position"))
    after = _moved(list(before), application.pk, move)
    if after == list(before):
        return
    last = order.preferences.aggregate(last=Max("position"))["last"] or 0
    positions = [*before.values(), last + 1]  # those of applications that she does not see stay where they are
    seen.delete()
    Preference.objects.bulk_create(
        Preference(order=order, application_id=one, position=position)
        for one, position in zip(after, positions, strict=False)
    )
    was, now = (_place_of(application, placed) for placed in (list(before), after))
    record("application_placed", order, by=by, round=application.round, before=was, after=now)


@transaction.atomic
def give_order(*, listing: Listing, by: User, at: datetime) -> None:
    """Let her order count in the group's, and show to who may know it. Twice is once; she goes on changing it.

    Raises Refused while nobody is placed, and once the results are released.
    """
    order = _locked_order(listing, by)
    if not order.preferences.filter(application__in=Application.objects.seen_by_reviewers(by)).exists():
        raise Refused("Nobody is placed in your order yet.")
    if order.given_at is None:
        order.given_at = at
        order.save(update_fields=["given_at"])
        record("order_given", order, by=by, round=listing.round)


def _locked_order(listing: Listing, mentor: User) -> OrderOfPreference:
    """Her order, locked: what she does to it in two windows is done one after the other."""
    if listing.round.is_released:
        raise Refused("The results of this round are out; orders stay as they are.")
    OrderOfPreference.objects.get_or_create(listing=listing, mentor=mentor)
    return OrderOfPreference.objects.select_for_update().get(listing=listing, mentor=mentor)


def _moved(placed: list[int], application: int, move: Move) -> list[int]:
    others = [one for one in placed if one != application]
    if move == Move.OUT:
        return others
    here = placed.index(application) if application in placed else len(placed)
    to = {Move.FIRST: 0, Move.UP: max(here - 1, 0), Move.DOWN: here + 1, Move.LAST: len(others)}[move]
    return [*others[:to], application, *others[to:]]


def _place_of(application: Application, placed: list[int]) -> dict[str, int | None]:
    """As an audit event says it."""
    place = placed.index(application.pk) + 1 if application.pk in placed else None
    return {"application": application.pk, "place": place}
