"""Planning a round: its schedule, and the questions it will ask."""

from django.db import transaction

from applications.questions import ask_default_questions
from opw.accounts.models import User
from opw.rounds.actions import create_round
from opw.rounds.models import Round


@transaction.atomic
def plan_round(*, round: Round, by: User) -> Round:
    """Add a round with the schedule it was filled in with and the questions of the last one."""
    create_round(round=round, by=by)
    ask_default_questions(round)
    return round
