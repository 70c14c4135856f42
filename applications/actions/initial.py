"""The initial application: what an applicant says of herself, once a round."""

from datetime import datetime

from django.db import transaction

from applications.actions.drafts import keep_draft
from applications.models import InitialApplication, Question
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Deadline, Deadlines, Round


@transaction.atomic
def save_initial_application(
    *, round: Round, by: User, answers: dict[str, str], seen_version: int, received_at: datetime
) -> InitialApplication:
    """Keep what is typed, whatever the hour; raises Stale instead of writing over another window's text."""
    InitialApplication.objects.get_or_create(applicant=by, round=round)
    initial = InitialApplication.objects.select_for_update().get(applicant=by, round=round)
    keep_draft(initial, answers, seen_version=seen_version, received_at=received_at)
    return initial


def submit_initial_application(
    *, round: Round, by: User, answers: dict[str, str], seen_version: int, received_at: datetime
) -> InitialApplication:
    """Make the answers count, and say at once whether they make the applicant eligible.

    Raises Refused before the round opens and after its deadline; what was typed is kept as the draft.
    """
    save_initial_application(
        round=round, by=by, answers=answers, seen_version=seen_version, received_at=received_at
    )  # fmt: skip
    with transaction.atomic():
        _check_open(round, by, received_at)
        initial = InitialApplication.objects.select_for_update().get(applicant=by, round=round)
        before = initial.status
        initial.answers, initial.submitted_at = answers, initial.submitted_at or received_at
        initial.status = (
            InitialApplication.Status.INELIGIBLE
            if reasons_against(round, answers)
            else InitialApplication.Status.ELIGIBLE
        )
        initial.save(update_fields=["answers", "submitted_at", "status"])
        record(
            "initial_application_submitted", initial, by=by, before={"status": before}, after={"status": initial.status}
        )
    return initial


def reasons_against(round: Round, answers: dict[str, str]) -> list[str]:
    """Why these answers make one ineligible, in the round's own words; empty for who is eligible."""
    excluding = round.questions.filter(form=Question.Form.INITIAL).exclude(ineligible_answer="")
    return [
        question.ineligible_because for question in excluding if answers.get(question.key) == question.ineligible_answer
    ]


def _check_open(round: Round, by: User, received_at: datetime) -> None:
    if received_at < round.applications_open_at:
        raise Refused(f"Applications to {round} are not open yet. Your text is kept as a draft.")
    if received_at >= Deadlines(round).anywhere(Deadline.APPLICATIONS, by):
        raise Refused(
            "The deadline for applications has passed, so this was not submitted. Your text is kept as a draft."
        )
