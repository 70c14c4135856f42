"""Freezing a round's results before the announcement."""

from datetime import datetime

from django.db import transaction

from mentors.actions.in_line import all_in_line
from mentors.models import Seal
from mentors.problems import problems_with
from mentors.results import as_rows, handed_in, hash_of, results_of
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Round


@transaction.atomic
def seal_results(*, round: Round, by: User, at: datetime) -> Seal:
    """Freeze what will be released at the announcement hour. A seal that stands is replaced.

    Raises Refused before selection closes, after the release, and while anything is open; it says what.
    """
    all_in_line(round)  # before the round, as those who decide do
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.is_released:
        raise Refused("The results of this round are out.")
    if at < round.selection_closes_at:
        raise Refused("Selection is still open; results are sealed after it closes.")
    if problems := problems_with(round, by):
        raise Refused("Not sealed. " + " ".join(problem.words for problem in problems))
    Seal.objects.standing().filter(round=round).update(broken_at=at, broken_because="Sealed again.")
    rows = as_rows(results_of(handed_in(round)))
    seal = Seal.objects.create(round=round, results=rows, sha256=hash_of(rows), sealed_by=by, sealed_at=at)
    record("results_sealed", seal, by=by, round=round, after={"sha256": seal.sha256})
    return seal
