"""Contributions: recorded by applicants, marked by mentors."""

from datetime import datetime

from django.db import IntegrityError, transaction

from applications import emails
from applications.actions.beginning import check_may_begin
from applications.links import canonical
from applications.models import Contribution, Marking
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Deadline, deadline_for
from projects.actions import finish_task, renew_claim, reopen_task
from projects.models import Listing, StarterTask


class RecordedBefore(Refused):
    """She recorded the same work before; the first record stays as it is."""

    def __init__(self, first: Contribution) -> None:
        super().__init__(f"You recorded this link already, as “{first}”.")
        self.first = first


@transaction.atomic
def record_contribution(
    *,
    listing: Listing,
    by: User,
    kind: str,
    title: str,
    url: str,
    received_at: datetime,
    task: StarterTask | None = None,
) -> Contribution:
    """Record a piece of work; the listing's mentors see it from now on, and a claim that she holds there lasts anew.

    Raises Refused before the round opens, after its contribution deadline, and for a starter task that is not hers to
    do; RecordedBefore for a link that she recorded before.
    """
    check_may_begin(listing, by, received_at)
    if received_at < listing.round.applications_open_at:
        raise Refused(f"{listing.round} is not open yet.")
    if received_at >= deadline_for(Deadline.CONTRIBUTIONS, listing.round, listing.community, by):
        raise Refused("The deadline for contributions has passed, so this one is not recorded.")
    if (
        task
        and not StarterTask.objects.open_to(by, received_at).filter(pk=task.pk, project=listing.project_id).exists()
    ):
        raise Refused("Somebody else has taken that starter task. Record your work without it.")
    contribution = Contribution(
        applicant=by, listing=listing, round=listing.round, kind=kind, title=title, url=url,
        canonical=canonical(url), recorded_at=received_at, task=task,
    )  # fmt: skip
    try:
        with transaction.atomic():
            contribution.save()
    except IntegrityError:
        raise RecordedBefore(
            Contribution.objects.of(by).get(round=listing.round, canonical=contribution.canonical)
        ) from None
    record("contribution_recorded", contribution, by=by, after={"kind": kind})
    renew_claim(project=listing.project, claimed_by=by, by=by, at=received_at)
    return contribution


@transaction.atomic
def mark_contribution(*, contribution: Contribution, by: User, mark: str, comment: str, at: datetime) -> None:
    """Say of a contribution that it was seen, counts, or needs work; the applicant is told, with the comment.

    The starter task of a contribution that counts is done; otherwise what the mentor says renews her claim.

    Raises Refused once the round's results are released, and for what its applicant has just taken back.
    """
    contribution = _locked(contribution)
    if contribution.round.is_released:
        raise Refused("The results of this round are out; contributions are no longer marked.")
    before, contribution.mark = contribution.mark, mark
    contribution.save(update_fields=["mark"])
    marking = Marking.objects.create(contribution=contribution, mark=mark, comment=comment, by=by, at=at)
    record("contribution_marked", contribution, by=by, before={"mark": before}, after={"mark": mark})
    _write_down_to_task(contribution, by=by, before=before, at=at)
    emails.tell_marked(marking)


@transaction.atomic
def delete_contribution(*, contribution: Contribution, by: User) -> None:
    """Take back what was recorded by mistake; what a mentor has looked at stays.

    Raises Refused once it is marked, and once the round's results are released.
    """
    contribution = _locked(contribution)
    if contribution.mark:
        raise Refused("A mentor has looked at this contribution, so it stays.")
    if contribution.round.is_released:
        raise Refused("The results of this round are out, so what was recorded for it stays.")
    record("contribution_deleted", contribution, by=by, before={"kind": contribution.kind})
    contribution.delete()


def _locked(contribution: Contribution) -> Contribution:
    """The contribution as it is now, for this transaction alone; Refused when it was deleted meanwhile."""
    rows = Contribution.objects.select_for_update(of=["self"]).select_related("round", "listing__project", "task")
    locked = rows.filter(pk=contribution.pk).first()
    if locked is None:
        raise Refused("This contribution was deleted by its applicant.")
    return locked


def _write_down_to_task(contribution: Contribution, *, by: User, before: str, at: datetime) -> None:
    """What a mark means for the starter task, and for the claim its applicant holds."""
    task, applicant = contribution.task, contribution.applicant
    if task and contribution.mark == Contribution.Mark.COUNTS:
        finish_task(task=task, done_by=applicant, by=by, at=at)
    elif task and before == Contribution.Mark.COUNTS:
        reopen_task(task=task, done_by=applicant, by=by)
    renew_claim(project=contribution.listing.project, claimed_by=applicant, by=by, at=at)
