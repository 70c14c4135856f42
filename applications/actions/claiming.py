"""Claiming a starter task: how somebody begins at a project."""

from datetime import datetime

from django.db import transaction

from applications.actions.beginning import check_may_begin
from opw.accounts.models import User
from opw.errors import Refused
from opw.rounds.models import Deadline, deadline_for
from projects.actions import claim_task
from projects.models import Listing, StarterTask


@transaction.atomic
def claim_starter_task(*, task: StarterTask, listing: Listing | None, by: User, received_at: datetime) -> None:
    """Keep a task of a listed project for a newcomer, or for somebody who has begun there.

    Raises Refused where she cannot begin (see check_may_begin), and for a task that is not free (see claim_task).
    """
    check_may_claim(listing, by, received_at)
    claim_task(task=task, by=by, at=received_at)


def check_may_claim(listing: Listing | None, applicant: User, at: datetime) -> None:
    """Refuse who cannot begin at the listing, and everybody while the round takes no contributions."""
    if listing is None:
        raise Refused("This project is not offered in a round at the moment.")
    check_may_begin(listing, applicant, at)
    if at < listing.round.applications_open_at:
        raise Refused(f"{listing.round} is not open yet; its starter tasks can be claimed once it is.")
    if at >= deadline_for(Deadline.CONTRIBUTIONS, listing.round, listing.community, applicant):
        raise Refused(f"The deadline for contributions to {listing.round} has passed.")
