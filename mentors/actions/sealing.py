"""Freezing a round's results before the announcement, and a second person's yes to them."""

from datetime import datetime

from django.db import transaction

from mentors import emails
from mentors.actions.in_line import all_in_line
from mentors.models import Seal
from mentors.problems import Problem, problems_with
from mentors.results import as_rows, everything_in, hash_of
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Round

FEW = 5


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
    everything = everything_in(round, by)
    if problems := problems_with(round, everything, by):
        raise Refused(f"Not sealed. {_in_short(problems)}")
    Seal.objects.standing().filter(round=round).update(broken_at=at, broken_because="Sealed again.")
    rows = as_rows([one.result for one in everything])
    seal = Seal.objects.create(round=round, results=rows, sha256=hash_of(rows), sealed_by=by, sealed_at=at)
    record("results_sealed", seal, by=by, round=round, after={"sha256": seal.sha256})
    if seal.waits_for_approval:
        emails.ask_for_approval(seal)
    return seal


@transaction.atomic
def approve_seal(*, round: Round, sha256: str, by: User, at: datetime) -> None:
    """Say yes, as a second person, to the sealed results that have this hash. Twice is once: the first approval stands.

    Raises Refused for one's own seal, after the release, and when something else is sealed by now than what she saw.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    if round.is_released:
        raise Refused("The results of this round are out.")
    seal = Seal.objects.standing().select_for_update(of=["self"]).filter(round=round, sha256=sha256).first()
    if seal is None:
        raise Refused("What you saw is not sealed any more. Look at the results again.")
    if seal.sealed_by_id == by.pk:
        raise Refused("You sealed these results; somebody else approves them.")
    if seal.approved_at:
        return
    seal.approved_by, seal.approved_at = by, at
    seal.save(update_fields=["approved_by", "approved_at"])
    record("seal_approved", seal, by=by, round=round, after={"sha256": seal.sha256})


def _in_short(problems: list[Problem]) -> str:
    """The first few problems; the page lists all of them."""
    more = len(problems) - FEW
    words = " ".join(problem.words for problem in problems[:FEW])
    return f"{words} And {more} more." if more > 0 else words
