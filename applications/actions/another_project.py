"""Moving what was done for a project that was withdrawn to another one."""

from datetime import datetime

from django.db import transaction

from applications.actions.beginning import check_may_begin, in_line_at, write_down_interest
from applications.actions.ordering import last_rank_of
from applications.models import Application, Contribution
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Deadline, deadline_for
from projects.models import Listing


@transaction.atomic
def move_to_another(
    *, application: Application, to: Listing, by: User, received_at: datetime, with_contributions: bool = False
) -> Application:
    """Begin at another project of the round with what she wrote for one that was withdrawn.

    It is a draft there: she reads it again, and submits it. What was said of it stays behind, with its old mentors.

    Raises Refused for an application that is not closed or was moved before, after her deadline, and where she cannot
    begin or has begun to apply already.
    """
    to = in_line_at(to)
    application = Application.objects.select_for_update(of=["self"]).with_listing().get(pk=application.pk)
    _check_may_move(application, to, received_at)
    check_may_begin(to, by, received_at)
    rank, last = application.rank, last_rank_of(by) + 1
    Application.objects.filter(pk=application.pk).update(rank=last)  # its place in her order goes along
    moved = Application.objects.create(
        applicant=by,
        listing=to,
        rank=rank,
        draft=application.draft or application.answers,
        draft_version=1,
        draft_saved_at=received_at,
    )
    Application.objects.filter(pk=application.pk).update(moved_to=moved)  # not save(): this is no revision
    if with_contributions:
        _take_along(application, to, by)
    write_down_interest(to)
    record(
        "application_moved_to_another", moved, by=by, before={"application": application.pk}, after={"listing": to.pk}
    )
    return moved


@transaction.atomic
def move_contribution(*, contribution: Contribution, to: Listing, by: User, received_at: datetime) -> None:
    """Let a contribution to a project that was withdrawn go on at another one of the round, application or not.

    Raises Refused for one whose project is still offered, after her deadline there, and where she cannot begin.
    """
    to = in_line_at(to)
    locked = Contribution.objects.select_for_update(of=["self"]).select_related("listing", "round")
    contribution = locked.get(pk=contribution.pk)
    if contribution.listing.is_live or to.round != contribution.round:
        raise Refused("Only a contribution to a project that was withdrawn can be moved, within its round.")
    if received_at >= deadline_for(Deadline.CONTRIBUTIONS, to.round, to.community, by):
        raise Refused("Your deadline for contributions has passed, so this one can no longer be moved.")
    check_may_begin(to, by, received_at)
    _bring(contribution, to, by)


def _check_may_move(application: Application, to: Listing, at: datetime) -> None:
    if application.moved_to_id:
        raise Refused("You have moved this application already. You find it on your page.")
    if not application.is_closed or to.round != application.round:
        raise Refused("Only an application to a project that was withdrawn can be moved, within its round.")
    if at >= deadline_for(Deadline.APPLICATIONS, to.round, to.community, application.applicant):
        raise Refused("Your deadline for applications has passed, so this one can no longer be moved.")
    if Application.objects.of(application.applicant).filter(listing=to).exists():
        raise Refused(f"You have an application to “{to.project}” already. Please choose another project.")


def _take_along(application: Application, to: Listing, by: User) -> None:
    for contribution in Contribution.objects.of(by).filter(listing=application.listing):
        _bring(contribution, to, by)


def _bring(contribution: Contribution, to: Listing, by: User) -> None:
    """The other project's mentors see it now, and say themselves whether it counts."""
    before = {"listing": contribution.listing_id, "mark": contribution.mark}
    contribution.listing, contribution.mark = to, Contribution.Mark.NONE
    contribution.save(update_fields=["listing", "mark"])
    record("contribution_moved", contribution, by=by, before=before, after={"listing": to.pk})
