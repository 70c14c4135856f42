"""One person's deadlines in the rounds that concern her, and the secret address of her calendar.

Made of the schedule, the extensions in force, the communities she applies to and, once it is announced, the offer of
a place; never of what is decided about her before, so that it is the same for everybody with the same facts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.urls import reverse

from applications.models import Application, DeadlineSettings, Offer
from opw.accounts.models import User
from opw.communities.models import Community
from opw.mail.compose import absolute
from opw.rounds.calendar import calendar_with, event, internship_of
from opw.rounds.models import Deadline, Deadlines, Round

_SIGNER = signing.Signer(salt="applications.calendar")
_WORDS = {Deadline.APPLICATIONS: "Applications close", Deadline.CONTRIBUTIONS: "Contributions close"}


@dataclass(frozen=True)
class HerDeadline:
    """One moment of a round as it is for her; of one community where hers differ from each other."""

    round: Round
    name: str
    words: str
    at: datetime
    is_deadline: bool = False


def deadlines_of(person: User, round: Round) -> list[HerDeadline]:
    """Her moments in a round, in their order, with the time she was given."""
    applications = Application.objects.of(person).of_round(round).live().select_related(
        "listing__participation__community"
    )  # fmt: skip
    communities = sorted({one.listing.participation.community for one in applications}, key=lambda one: one.name)
    known = Deadlines(round)
    found = [
        HerDeadline(round, "applications_open_at", "Applications open", round.applications_open_at),
        *(one for kind in Deadline for one in _of_kind(kind, known, communities, person)),
        HerDeadline(round, "announcement_at", "Interns are announced", round.announcement_at),
        *_of_her_offer(person, round),
    ]
    return sorted(found, key=lambda one: one.at)


def calendar_for(person: User, now: datetime) -> bytes:
    """Her calendar: the rounds that are published and not over."""
    rounds = Round.objects.published(now).filter(internship_ends_on__gte=now.date())
    events = []
    for round in rounds:
        events += [event(round, one.name, one.words, start=one.at) for one in deadlines_of(person, round)]
        events.append(internship_of(round))
    return calendar_with(events)


def token_of(person: User) -> str:
    """What only she knows of her calendar's address; another one once she has renewed it."""
    return _SIGNER.sign_object([person.pk, DeadlineSettings.of(person).calendar_number])


def address_of(person: User) -> str:
    """Where calendar programs find her deadlines."""
    return absolute(reverse("applications:calendar_feed", args=[token_of(person)]))


def person_of(token: str) -> User | None:
    """Whose calendar lies at this address; nobody's when it is wrong or was renewed."""
    try:
        pk, number = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    person = User.objects.filter(pk=pk, is_active=True).first()
    return person if person and DeadlineSettings.of(person).calendar_number == number else None


def _of_her_offer(person: User, round: Round) -> Iterator[HerDeadline]:
    """By when she takes the place that is offered to her; nobody has an offer before the announcement."""
    for offer in Offer.objects.of(person).of_round(round).unanswered():
        yield HerDeadline(round, "offer", "Take your place", offer.answer_by_at, is_deadline=True)


def _of_kind(kind: Deadline, known: Deadlines, communities: list[Community], person: User) -> Iterator[HerDeadline]:
    """One deadline, or one for each of her communities where they differ."""
    by_community = {one: known.of(kind, one, person) for one in communities}
    if len(set(by_community.values())) < 2:
        at = next(iter(by_community.values()), known.of(kind, None, person))
        yield HerDeadline(known.round, kind, _WORDS[kind], at, is_deadline=True)
        return
    for community, at in by_community.items():
        yield HerDeadline(known.round, f"{kind}-{community.slug}", f"{_WORDS[kind]}, {community}", at, is_deadline=True)
