"""A round put where a test needs it, and the situations that several tests begin with."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from applications.models import Application
from mentors import actions
from mentors.models import Seal
from opw.accounts.models import User
from opw.rounds.models import Participation, Phase, Round
from projects.models import Listing
from tests import make


def put_into(round: Round, phase: Phase) -> None:
    """Move a round's schedule so that it is in this phase now."""
    for name, value in make.schedule(phase).items():
        setattr(round, name, value)
    round.save()


def reach(round: Round, moment: str, *, now: datetime | None = None) -> None:
    """Move a round's schedule as a whole so that one of its moments is exactly now."""
    shift = (now or timezone.now()) - getattr(round, moment)
    opens_at = round.applications_open_at + shift
    for name in make.MOMENTS:
        setattr(round, name, getattr(round, name) + shift)
    if round.released_at:
        round.released_at += shift
    for name, days in make.DAYS.items():
        setattr(round, name, (opens_at + timedelta(days=days)).date())
    round.save()


@dataclass(frozen=True)
class Decided:
    """One listing, one slot, three applicants, and everything decided: the seal can be set."""

    round: Round
    participation: Participation
    listing: Listing
    selected: Application
    waiting: Application
    not_selected: Application
    program_coordinator: User

    @property
    def applications(self) -> list[Application]:
        return [self.selected, self.waiting, self.not_selected]


def selected_not_selected_and_waiting() -> Decided:
    """Selection has just closed; of three applicants one is selected, one waits, and one is neither."""
    participation = make.participation(phase=Phase.SELECTION, slots=1)
    listing = make.listing(participation)
    selected, waiting, not_selected = (make.application(listing) for _ in range(3))
    make.selection(application=selected, confirmed=True)
    make.waiting_place(waiting)
    make.rest_not_accepted(listing)
    reach(participation.round, "selection_closes_at")
    return Decided(
        participation.round, participation, listing, selected, waiting, not_selected, make.program_coordinator()
    )


def seal(round: Round, *, by: User | None = None) -> Seal:
    """The round's results, sealed now."""
    return actions.seal_results(round=round, by=by or make.program_coordinator(), at=timezone.now())


def release(decided: Decided) -> bool:
    """What the scheduled job does at the announcement hour."""
    return actions.release_results(round=decided.round, now=timezone.now())


def sealed() -> Decided:
    """The same three, sealed; the announcement hour is now."""
    decided = selected_not_selected_and_waiting()
    seal(decided.round, by=decided.program_coordinator)
    reach(decided.round, "announcement_at")
    return decided


def released() -> Decided:
    """The same three, announced."""
    decided = sealed()
    release(decided)
    decided.round.refresh_from_db()
    return decided
