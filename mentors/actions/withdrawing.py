"""Withdrawing a listing on this side of the table: what was decided about its applicants is taken back first."""

from datetime import datetime

from django.db import transaction

from applications import actions
from mentors.actions.breaking import break_seal
from mentors.actions.in_line import in_line
from mentors.models import RestNotAccepted, Selection, WaitingPlace
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from projects.models import Listing


@transaction.atomic
def withdraw_listing(*, listing: Listing, by: User, because: str, at: datetime) -> None:
    """Take a project out of a round; its proposals and its places on the waiting list go with it.

    Nobody is told of those: its applicants hear that the project was withdrawn, all of them the same. A seal that
    stands is broken: it holds results that nobody gets any more.

    Raises Refused while one of its applicants has a slot, and as ``applications.actions.withdraw_listing`` does.
    """
    in_line(listing.participation_id)
    selections = Selection.objects.filter(application__listing=listing)
    if selections.live().confirmed().exists():
        raise Refused("One of its applicants has a slot. Take that decision back first, on the page of selections.")
    listing = actions.withdraw_listing(listing=listing, by=by, because=because, at=at)
    for selection in selections:
        record("selection_withdrawn", selection, by=by, round=listing.round, before={"slot": selection.slot_id})
    selections.delete()
    WaitingPlace.objects.filter(application__listing=listing).delete()
    RestNotAccepted.objects.filter(listing=listing).delete()
    break_seal(round=listing.round, by=by)
