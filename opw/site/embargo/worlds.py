"""The worlds that are compared: the same people and facts, and another decision about the one who is followed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from applications.models import Application
from mentors.actions import confirm_selection, decline_rest, propose_selection, put_on_waiting_list
from mentors.models import RestNotAccepted, Seal, Selection, WaitingPlace
from mentors.results import as_rows, handed_in, hash_of, results_of
from opw.accounts.models import User
from opw.rounds.models import Round, Slot

Decide = Callable[[], None]
# The number that whatever is decided about her has in every world, so that its address can be asked in all of them.
DECISION = 999_999_999

UNDECIDED = "undecided"


def undecide(round: Round, followed: Application) -> None:
    """The world before every decision, with a slot free for the one who is followed."""
    Seal.objects.filter(round=round).delete()
    Selection.objects.of_round(round).delete()
    WaitingPlace.objects.filter(participation__round=round).delete()
    RestNotAccepted.objects.filter(listing__participation__round=round).delete()
    Slot.objects.create(participation=followed.listing.participation)


@dataclass(frozen=True)
class Deciding:
    """Who decides about the one who is followed, and when; she applied to another project, too, where there is one."""

    round: Round
    followed: Application
    elsewhere: Application | None
    by: User
    approver: User
    at: datetime

    def worlds(self) -> dict[str, Decide]:
        """What is decided in each world, by its name."""
        worlds: dict[str, Decide] = {
            UNDECIDED: self._seal,
            "proposed": self._propose_and_seal,
            "selected": self._select,
            "waiting": self._let_wait,
            "not accepted": self._decline,
        }
        if self.elsewhere:
            worlds["wanted by two projects"] = self._want_twice
        return worlds

    def _propose(self) -> None:
        propose_selection(application=self.followed, by=self.by, reasons="She is good.", at=self.at)
        _number(Selection.objects.filter(application=self.followed))

    def _propose_and_seal(self) -> None:
        self._propose()
        self._seal()

    def _want_twice(self) -> None:
        assert self.elsewhere
        self._propose()
        propose_selection(application=self.elsewhere, by=self.by, reasons="We want her, too.", at=self.at)
        self._seal()

    def _select(self) -> None:
        selection = propose_selection(application=self.followed, by=self.by, reasons="She is good.", at=self.at)
        confirm_selection(selection=selection, by=self.by, at=self.at)
        _number(Selection.objects.filter(application=self.followed))
        self._seal()

    def _let_wait(self) -> None:
        put_on_waiting_list(application=self.followed, by=self.by, reason="She is good.")
        _number(WaitingPlace.objects.filter(application=self.followed))
        self._seal()

    def _decline(self) -> None:
        decline_rest(listing=self.followed.listing, by=self.by)
        self._seal()

    def _seal(self) -> None:
        """An approved seal on what is decided, in every world: that there is one says nothing.

        Sealing itself would ask for every other decision of the round first.
        """
        rows = as_rows(results_of(handed_in(self.round)))
        Seal.objects.create(
            round=self.round,
            results=rows,
            sha256=hash_of(rows),
            sealed_by=self.by,
            approved_by=self.approver,
            approved_at=self.at,
        )


def deciding_about(round: Round, followed: Application, elsewhere: Application | None) -> Deciding:
    """By two program coordinators who are there for the check alone."""
    by, approver = (
        User.objects.create_user(f"{name}@example.invalid", name=f"The embargo's {name}", is_staff=True)
        for name in ("coordinator", "approver")
    )
    return Deciding(round, followed, elsewhere, by, approver, timezone.now())


def _number(decision: Any) -> None:
    decision.update(id=DECISION)
