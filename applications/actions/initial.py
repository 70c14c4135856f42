"""The initial application: what an applicant says of herself, once a round."""

from datetime import datetime

from django.db import transaction

from applications.actions.drafts import keep_draft
from applications.conditions import holds
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
        initial.status, initial.is_in_doubt = _judged(round, answers)
        hours = answers.get("free_hours", "")
        initial.free_hours = int(hours) if hours.isdecimal() else None
        initial.save(update_fields=["answers", "submitted_at", "status", "is_in_doubt", "free_hours"])
        record(
            "initial_application_submitted", initial, by=by, before={"status": before}, after={"status": initial.status}
        )
    return initial


def reasons_against(round: Round, answers: dict[str, str]) -> list[Question]:
    """The questions whose answers make one ineligible, each with why and whom to ask; none for who is eligible."""
    excluding = round.questions.filter(form=Question.Form.INITIAL).exclude(ineligible_if="")
    return [question for question in excluding if holds(question.ineligible_if, answers.get(question.key, ""))]


def doubts_about(round: Round, answers: dict[str, str]) -> list[Question]:
    """The questions whose answers a program coordinator should read herself."""
    doubtful = round.questions.filter(form=Question.Form.INITIAL).exclude(in_doubt_if="")
    return [question for question in doubtful if holds(question.in_doubt_if, answers.get(question.key, ""))]


def _judged(round: Round, answers: dict[str, str]) -> tuple[InitialApplication.Status, bool]:
    """What the answers say by themselves, and whether a coordinator has to decide."""
    if reasons_against(round, answers):
        return InitialApplication.Status.INELIGIBLE, False
    if doubts_about(round, answers):
        return InitialApplication.Status.SUBMITTED, True
    return InitialApplication.Status.ELIGIBLE, False


def _check_open(round: Round, by: User, received_at: datetime) -> None:
    if received_at < round.applications_open_at:
        raise Refused(f"Applications to {round} are not open yet. Your text is kept as a draft.")
    if received_at >= Deadlines(round).anywhere(Deadline.APPLICATIONS, by):
        raise Refused(
            "The deadline for applications has passed, so this was not submitted. Your text is kept as a draft."
        )
