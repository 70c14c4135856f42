"""The worlds that are compared: the same people and facts, and something else thought of and decided about her."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from applications.actions import withdraw_application
from applications.models import Application
from mentors.actions import (
    comment,
    confirm_selection,
    decline_rest,
    give_order,
    place_application,
    propose_selection,
    put_on_waiting_list,
    rate,
    withdraw_selection,
)
from mentors.models import Comment, Move, Preference, Rating, RestNotAccepted, Seal, Selection, WaitingPlace
from mentors.permissions import may_rate
from mentors.results import as_rows, handed_in, hash_of, results_of
from opw.accounts.models import User
from opw.rounds.models import Round, Slot

Decide = Callable[[], None]
# The number that whatever is decided about her has in every world, so that its address can be asked in all of them.
DECISION = 999_999_999

UNDECIDED = "undecided"
UNDECIDED_AND_WITHDRAWN = "undecided, and she withdrew"


@dataclass(frozen=True)
class World:
    """What is decided in it, and the world from which nobody may tell it."""

    decide: Decide
    beside: str = UNDECIDED


def undecide(round: Round, followed: Application) -> None:
    """The world before every decision and opinion, with a slot free for the one who is followed."""
    Seal.objects.filter(round=round).delete()
    Selection.objects.of_round(round).delete()
    WaitingPlace.objects.filter(participation__round=round).delete()
    RestNotAccepted.objects.filter(listing__participation__round=round).delete()
    for opinion in (Rating, Comment, Preference):
        opinion.objects.filter(application=followed).delete()
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

    def worlds(self) -> dict[str, World]:
        """What is thought and decided in each world, by its name; in the last ones she withdrew after the seal."""
        worlds = {
            UNDECIDED: World(self._seal),
            "thought the best of": World(partial(self._think_and_seal, 5, Move.FIRST)),
            "thought the least of": World(partial(self._think_and_seal, 1, Move.LAST)),
            "proposed": World(self._propose_and_seal),
            "selected": World(self._select),
            "waiting": World(self._let_wait),
            "not accepted": World(self._decline),
            "taken back since the seal": World(self._take_back),
            UNDECIDED_AND_WITHDRAWN: World(partial(self._withdraw_after, self._seal), UNDECIDED_AND_WITHDRAWN),
            "selected, and she withdrew": World(partial(self._withdraw_after, self._select), UNDECIDED_AND_WITHDRAWN),
            "waiting, and she withdrew": World(partial(self._withdraw_after, self._let_wait), UNDECIDED_AND_WITHDRAWN),
        }
        if self.elsewhere:
            worlds["wanted by two projects"] = World(self._want_twice)
        return worlds

    def _think(self, score: int, move: Move) -> None:
        """Each of her mentors rates her, says why, and gives an order in which she is the first or the last."""
        listing = self.followed.listing
        for mentorship in listing.project.mentorships.confirmed().filter(user__isnull=False).select_related("user"):
            mentor = mentorship.user
            if mentor is None or not may_rate(mentor, self.followed):
                continue
            rate(application=self.followed, by=mentor, score=score, reasons=f"Worth {score}.", at=self.at)
            comment(application=self.followed, by=mentor, body=f"Worth {score}.", at=self.at)
            for one in Application.objects.seen_by_reviewers(mentor).filter(listing=listing).order_by("pk"):
                place_application(application=one, by=mentor, move=Move.LAST)
            place_application(application=self.followed, by=mentor, move=move)
            give_order(listing=listing, by=mentor, at=self.at)

    def _think_and_seal(self, score: int, move: Move) -> None:
        self._think(score, move)
        self._seal()

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
        """The world farthest from the undecided one: all that can be thought and decided in her favour."""
        self._think(5, Move.FIRST)
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

    def _take_back(self) -> None:
        """The seal is broken, and its coordinators are told."""
        self._select()
        withdraw_selection(selection=Selection.objects.get(pk=DECISION), by=self.by, reason="A mistake.")

    def _withdraw_after(self, decide: Decide) -> None:
        decide()
        withdraw_application(application=self.followed, by=self.followed.applicant, received_at=self.at)

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
