"""What a coordinator's own page says of the current round: where it stands, what waits, how far people have come."""

from dataclasses import dataclass
from datetime import datetime

from mentors.funnel import Count, Funnel, Line, funnel_of_communities
from mentors.permissions import may_see_at_a_glance
from opw.accounts.models import User
from opw.rounds.models import MOMENTS, Participation, Phase, Round
from opw.site.to_decide import Decision, decisions_for

MANY = 8  # from so many communities on they can be searched
SHOWN = ["signed_up", "submitted", "rated", "selected"]  # stages of the funnel, for each community
_COMES = {
    "applications_open_at": "Applications open",
    "applications_close_at": "Applications close",
    "contributions_close_at": "Contributions close",
    "selection_closes_at": "Selection closes",
    "announcement_at": "The interns are announced",
}


@dataclass(frozen=True)
class Row:
    """One of her communities, with its numbers where she may see them."""

    participation: Participation
    counts: list[Count]


@dataclass(frozen=True)
class Coordinating:
    phase: Phase
    comes: str
    comes_at: datetime | None
    decisions: list[Decision]
    total: list[Count]  # empty for who applies in the round
    rows: list[Row]
    can_be_searched: bool


def coordinating(
    user: User, round: Round, participations: list[Participation], now: datetime, search: str
) -> Coordinating:
    """The page's facts; ``search`` narrows the communities to those with this in their name."""
    sees = may_see_at_a_glance(user, round, participations)
    funnel = funnel_of_communities(user, round, participations, whole=user.is_staff) if sees else None
    moment = next((name for name in MOMENTS if name in _COMES and now < getattr(round, name)), "")
    return Coordinating(
        phase=round.phase(now),
        comes=_COMES.get(moment, ""),
        comes_at=getattr(round, moment) if moment else None,
        decisions=decisions_for(user, round, participations, now, sees_selections=sees),
        total=funnel.total.counts if funnel else [],
        rows=[row for row in _rows(participations, funnel) if _is_found(row, search)],
        can_be_searched=len(participations) >= MANY,
    )


def _rows(participations: list[Participation], funnel: Funnel | None) -> list[Row]:
    lines: list[Line | None] = list(funnel.lines) if funnel else [None] * len(participations)
    return [
        Row(participation, [count for count in line.counts if count.stage in SHOWN] if line else [])
        for participation, line in zip(participations, lines, strict=True)
    ]


def _is_found(row: Row, search: str) -> bool:
    return search.strip().casefold() in row.participation.community.name.casefold()
