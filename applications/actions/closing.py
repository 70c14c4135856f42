"""Withdrawing a listing: its applications are closed, and everybody who began there hears of it and has a week more."""

from datetime import datetime, timedelta

from django.db import transaction

from applications import emails
from applications.actions.beginning import write_down_interest
from applications.models import Application, Contribution
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.actions import extend
from opw.rounds.emails import write_letters_of
from opw.rounds.models import Deadline, Deadlines, Round
from projects import actions
from projects.models import Listing, StarterTask

MORE_TIME = timedelta(days=7)


@transaction.atomic
def withdraw_listing(*, listing: Listing, by: User, because: str, at: datetime) -> Listing:
    """Take a project out of a round and close its applications. Each of its applicants may move hers to another one.

    Raises Refused once the round's results are out, and as ``projects.actions.withdraw_listing`` does.
    """
    tasks = StarterTask.objects.held(at).filter(project=listing.project_id)
    begun = {task.claimed_by_id for task in tasks if task.claimed_by_id}
    listing = actions.withdraw_listing(listing=listing, by=by, because=because, at=at)
    applications = list(Application.objects.select_for_update(of=["self"]).filter(listing=listing).order_by("pk"))
    # Asked after the locks: a release that came first has written its results down by now.
    if Round.objects.get(pk=listing.round.pk).is_released:
        raise Refused("The results of this round are out; its projects stay as they were.")
    begun |= set(Contribution.objects.filter(listing=listing).values_list("applicant", flat=True))
    for application in applications:
        if application.status == Application.Status.WITHDRAWN:
            begun.discard(application.applicant_id)  # she took it back herself
        else:
            begun.add(application.applicant_id)
            _close(application, by, at)
    deadlines, hers = Deadlines(listing.round), {one.applicant_id: one for one in applications}
    letters = []
    for person in User.objects.filter(pk__in=begun).order_by("pk"):
        until = _give_more_time(listing, person, deadlines, by, at)
        letters.append(emails.of_withdrawal(listing, person, hers.get(person.pk), until))
    write_letters_of(listing.round, letters)
    write_down_interest(listing)
    return listing


def _close(application: Application, by: User, at: datetime) -> None:
    """A draft stays the draft that it is: nobody else has ever seen it."""
    if application.status == Application.Status.SUBMITTED:
        application.status, application.withdrawn_at = Application.Status.WITHDRAWN, at
        application._history_user = by
        application.save(update_fields=["status", "withdrawn_at"])
        record("application_closed", application, by=by)


def _give_more_time(listing: Listing, person: User, deadlines: Deadlines, by: User, at: datetime) -> datetime | None:
    """A week more than she has, or from now where that has passed; never past the close of selection.

    Until when she can apply elsewhere, or None when selection is closed.
    """
    round, until = listing.round, {}
    if at >= round.selection_closes_at:
        return None
    for deadline in Deadline:
        hers = deadlines.of(deadline, listing.community, person)
        until[deadline] = min(max(hers, at) + MORE_TIME, round.selection_closes_at)
        if until[deadline] > hers:
            because = f"“{listing.project}” was withdrawn."
            extend(round=round, deadline=deadline, until_at=until[deadline], reason=because, by=by, person=person)
    return until[Deadline.APPLICATIONS]
