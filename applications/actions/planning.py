"""Planning a round: its schedule, the questions it will ask, and what follows when its days move."""

from datetime import date
from typing import Any

from django.db import transaction

from applications.models import InitialApplication, Question
from applications.questions import ask_default_questions
from applications.steps import availability_in, commitments_of
from opw.accounts.models import User
from opw.rounds import actions
from opw.rounds.models import Round


@transaction.atomic
def plan_round(*, round: Round, by: User) -> Round:
    """Add a round with the schedule it was filled in with and the questions of the last one."""
    actions.create_round(round=round, by=by)
    ask_default_questions(round)
    return round


@transaction.atomic
def reschedule(*, round: Round, by: User, **changes: Any) -> None:
    """Change a round's name or schedule, and count free hours anew where the internship has other days.

    Raises Refused as ``opw.rounds.actions.reschedule`` does.
    """
    actions.reschedule(round=round, by=by, **changes)
    moved = Round.objects.get(pk=round.pk)
    if _days_of_internship(moved) != _days_of_internship(round):
        _count_free_hours(moved)


def _days_of_internship(round: Round) -> tuple[date, date]:
    return round.internship_starts_on, round.internship_ends_on


def _count_free_hours(round: Round) -> None:
    """The free hours a week of everybody who said what takes her time."""
    questions = list(round.questions.filter(form=Question.Form.INITIAL))
    initials = list(InitialApplication.objects.select_for_update().filter(round=round, free_hours__isnull=False))
    for initial in initials:
        initial.free_hours = availability_in(round, commitments_of(questions, initial.answers)).free_hours
    InitialApplication.objects.bulk_update(initials, ["free_hours"], batch_size=500)
