"""Applying to a listing: drafts, submitting, withdrawing."""

from datetime import datetime

from django.db import transaction

from applications import emails
from applications.actions.beginning import check_may_begin, in_line_at, write_down_interest
from applications.actions.drafts import keep_draft
from applications.actions.ordering import last_rank_of
from applications.models import Application, InitialApplication
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Deadline, deadline_for
from projects.models import Listing


@transaction.atomic
def save_application(
    *, listing: Listing, by: User, answers: dict[str, str], seen_version: int, received_at: datetime, page: str = ""
) -> Application:
    """Keep what is typed as the draft of her one application to this listing.

    Raises Stale instead of writing over another window's text, and Refused where she cannot begin (see
    check_may_begin).
    """
    if not Application.objects.filter(applicant=by, listing=listing).exists():
        check_may_begin(in_line_at(listing), by, received_at)
        Application.objects.get_or_create(applicant=by, listing=listing, defaults={"rank": last_rank_of(by) + 1})
        write_down_interest(listing)
    application = Application.objects.select_for_update().get(applicant=by, listing=listing)
    keep_draft(application, answers, seen_version=seen_version, received_at=received_at, page=page)
    return application


def submit_application(
    *, listing: Listing, by: User, answers: dict[str, str], seen_version: int, received_at: datetime, page: str = ""
) -> Application:
    """Make the answers count. A submitted application may be submitted again, changed, until the deadline.

    Raises Refused, with the text kept as the draft, after the deadline, before the round opens, or without an
    eligible initial application.
    """
    save_application(
        listing=listing, by=by, answers=answers, seen_version=seen_version, received_at=received_at, page=page
    )
    with transaction.atomic():
        in_line_at(listing)
        application = (
            Application.objects.select_for_update(of=["self"]).with_listing().get(applicant=by, listing=listing)
        )
        if application.status == Application.Status.SUBMITTED and application.answers == answers:
            return application
        _check_may_submit(application, received_at)
        before = application.status
        application.answers, application.submitted_at = answers, received_at
        application.status, application.withdrawn_at = Application.Status.SUBMITTED, None
        application._history_user = by
        application.save(update_fields=["answers", "submitted_at", "status", "withdrawn_at"])
        record("application_submitted", application, by=by, before={"status": before})
        write_down_interest(listing)
        emails.tell_submitted(application)
    return application


@transaction.atomic
def withdraw_application(*, application: Application, by: User, received_at: datetime) -> None:
    """Take an application back, until the announcement; before the deadline it can be submitted again.

    Raises Refused for a draft, which nobody else sees, and once the results are released, however late that is.
    """
    in_line_at(application.listing)
    application = Application.objects.select_for_update(of=["self"]).with_listing().get(pk=application.pk)
    if application.status != Application.Status.SUBMITTED:
        raise Refused("Only a submitted application can be withdrawn.")
    # The outcome is read under the lock, the round as it was when we began to wait for it.
    if application.outcome or application.round.is_released:
        raise Refused("The results of this round are out; an application can no longer be withdrawn.")
    application.status, application.withdrawn_at = Application.Status.WITHDRAWN, received_at
    application._history_user = by
    application.save(update_fields=["status", "withdrawn_at"])
    write_down_interest(application.listing)
    record("application_withdrawn", application, by=by)


def _check_may_submit(application: Application, received_at: datetime) -> None:
    round, applicant = application.round, application.applicant
    if received_at < round.applications_open_at:
        raise Refused(f"Applications to {round} are not open yet. Your text is kept as a draft.")
    if received_at >= deadline_for(Deadline.APPLICATIONS, round, application.community, applicant):
        raise Refused(
            "The deadline for applications has passed, so this was not submitted. Your text is kept as a draft; what "
            "you submitted before counts as it was."
        )
    if not application.listing.is_live:
        raise Refused("This project is no longer offered in this round. Your text is kept as a draft.")
    if application.listing.project.mentorships.filter(user=applicant).exists():
        raise Refused("You mentor this project, so you cannot apply to it. Your text is kept as a draft.")
    initial = InitialApplication.objects.filter(applicant=applicant, round=round).first()
    if initial is None or not initial.is_submitted:
        raise Refused("Submit your initial application first. Your text is kept as a draft.")
    if initial.status == InitialApplication.Status.INELIGIBLE:
        raise Refused(
            "By your initial application you cannot take part in this round, so this was not submitted. Your text is "
            "kept as a draft; if an answer there is wrong, correct it."
        )
