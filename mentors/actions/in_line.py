"""Decisions about a community's slots are taken one after the other."""

from opw.errors import Refused
from opw.rounds.models import Participation, Round


def in_line(*numbers: int) -> list[Participation]:
    """The participations of these numbers, locked until the transaction ends; in one order, so that nobody is stuck.

    Their rounds are read afterwards, so that they say whether results were released while one stood in line.
    """
    return list(Participation.objects.select_for_update(of=["self"]).filter(pk__in=numbers).order_by("pk"))


def all_in_line(round: Round) -> list[Participation]:
    """Every participation of a round, locked: nothing is decided in it meanwhile."""
    return in_line(*round.participations.values_list("pk", flat=True))


def undecided_yet(number: int) -> Participation:
    """One participation, locked, for a decision in it. Raises Refused once it ended or the results are released."""
    participation = next(iter(in_line(number)), None)
    if participation is None:
        raise Refused("This community takes no part in the round any more.")
    if participation.round.is_released:
        raise Refused("The results of this round are out; decisions stay as they are.")
    return participation
