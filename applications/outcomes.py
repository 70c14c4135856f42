"""What an applicant reads of her result once it is announced: her outcome, and how the offer of her place stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from applications.models import Application, Contribution, Offer
from opw.rounds.models import Phase, Round

_Outcome, _Status = Application.Outcome, Offer.Status
_FROM_BEST = list(_Outcome)
_SENTENCES: dict[str, str] = {
    _Outcome.ACCEPTED: "You are accepted. Congratulations!",
    _Status.OPEN: "You are accepted. Congratulations!",
    _Status.CONFIRMED: "You are accepted, and the place is yours. Congratulations!",
    _Status.DECLINED: "You were accepted, and left your place to somebody else.",
    _Status.LAPSED: "You were accepted. The time to take your place is over.",
    _Status.TAKEN_BACK: "You were accepted. Your place has ended.",
    _Outcome.WAITING: "You are on the waiting list.",
    "waited": "You were on the waiting list, and no place came free for you.",
    _Outcome.NOT_ACCEPTED: "You are not accepted this time.",
    _Outcome.NOT_CONSIDERED: "This application was not considered: it had no contribution that counts.",
}


@dataclass(frozen=True)
class HerResult:
    """One application's result: ``state`` is its outcome or, of who is offered a place, how the offer stands."""

    application: Application
    offer: Offer | None
    state: str
    contributed: list[str]

    @property
    def sentence(self) -> str:
        """What she reads first."""
        return _SENTENCES[self.state]

    @property
    def is_good(self) -> bool:
        return self.state in {_Outcome.ACCEPTED, _Status.OPEN, _Status.CONFIRMED}

    @cached_property
    def upcoming(self) -> Round | None:
        """The round after hers, in which she may apply again."""
        return Round.objects.after(self.application.round)


def result_of(
    applications: Iterable[Application], contributions: Iterable[Contribution], now: datetime
) -> HerResult | None:
    """The best result among a person's applications to a round, with what she contributed; None before the release."""
    announced = [one for one in applications if one.outcome]
    if not announced:
        return None
    best = min(announced, key=lambda one: _FROM_BEST.index(_Outcome(one.outcome)))
    offer: Offer | None = getattr(best, "offer", None)  # who was accepted before offers had a day has none
    return HerResult(best, offer, _state(best, offer, now), [one.title for one in contributions])


def _state(application: Application, offer: Offer | None, now: datetime) -> str:
    if offer and application.outcome == _Outcome.ACCEPTED:
        return offer.state(now)
    if application.outcome == _Outcome.WAITING and application.round.phase(now) in (Phase.INTERNSHIP, Phase.FINISHED):
        return "waited"
    return application.outcome
