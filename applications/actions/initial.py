"""The initial application: what an applicant says of herself, once a round."""

from datetime import UTC, datetime

from django.db import transaction

from applications.actions.drafts import keep_draft
from applications.models import InitialApplication, Question
from applications.steps import (
    Answers,
    availability_in,
    commitments_of,
    doubts_about,
    reasons_against,
    written_in,
)  # fmt: skip
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Deadline, Deadlines, Round


@transaction.atomic
def save_initial_application(
    *, round: Round, by: User, answers: Answers, seen_version: int, received_at: datetime, page: str = ""
) -> InitialApplication:
    """Keep what is typed, whatever the hour; answers that are not among it stay as they were.

    Raises Stale instead of writing over another window's text, and Refused once the round's answers are deleted.
    """
    if received_at.astimezone(UTC).date() >= round.answers_purged_on:
        raise Refused("This round is over, and its answers are deleted. There is nothing to fill in any more.")
    InitialApplication.objects.get_or_create(applicant=by, round=round)
    initial = InitialApplication.objects.select_for_update().get(applicant=by, round=round)
    typed = {**written_in(initial), **answers}
    keep_draft(initial, typed, seen_version=seen_version, received_at=received_at, page=page)
    return initial


def submit_initial_application(
    *, round: Round, by: User, answers: Answers, seen_version: int, received_at: datetime
) -> InitialApplication:
    """Make the answers count, with those that were kept before, and say at once whether she is eligible.

    Raises Refused before the round opens and after its deadline; what was typed is kept as the draft.
    """
    save_initial_application(
        round=round, by=by, answers=answers, seen_version=seen_version, received_at=received_at
    )  # fmt: skip
    with transaction.atomic():
        _check_open(round, by, received_at)
        initial = InitialApplication.objects.select_for_update().get(applicant=by, round=round)
        before, earlier = initial.status, initial.answers
        initial.answers, initial.submitted_at = initial.draft, initial.submitted_at or received_at
        questions = list(round.questions.filter(form=Question.Form.INITIAL))
        if not (initial.decided_at and _say_the_same(questions, earlier, initial.answers)):
            initial.status, initial.is_in_doubt = _judged(questions, initial.answers)
            initial.decided_by, initial.decided_at, initial.reason = None, None, ""
        initial.free_hours = availability_in(round, commitments_of(questions, initial.answers)).free_hours
        initial.save()
        record(
            "initial_application_submitted", initial, by=by, before={"status": before}, after={"status": initial.status}
        )
    return initial


def _say_the_same(questions: list[Question], earlier: Answers, now: Answers) -> bool:
    """Whether what a coordinator decided about still stands: nothing that eligibility depends on was changed."""
    decisive = [one.key for one in questions if one.ineligible_if or one.in_doubt_if]
    return all(earlier.get(key) == now.get(key) for key in decisive)


def _judged(questions: list[Question], answers: Answers) -> tuple[InitialApplication.Status, bool]:
    """What the answers say by themselves, and whether a coordinator has to decide."""
    if reasons_against(questions, answers):
        return InitialApplication.Status.INELIGIBLE, False
    if doubts_about(questions, answers):
        return InitialApplication.Status.SUBMITTED, True
    return InitialApplication.Status.ELIGIBLE, False


def _check_open(round: Round, by: User, received_at: datetime) -> None:
    if received_at < round.applications_open_at:
        raise Refused(f"Applications to {round} are not open yet. Your text is kept as a draft.")
    if received_at >= Deadlines(round).anywhere(Deadline.APPLICATIONS, by):
        raise Refused(
            "The deadline for applications has passed, so this was not submitted. Your text is kept as a draft."
        )
