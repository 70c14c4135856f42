"""What waits for a mentor or coordinator, in every role of hers: each deed with its things, and the time she has.

The oldest thing of a deed comes first, and the deed whose deadline is nearest; answers to applicants come before all.
All of it is read from what she may see: nothing of whom she stepped back from, nor of a round in which she applies.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse

from applications.models import Application, Contribution, InitialApplication, Message
from mentors import tables
from mentors.candidates import not_proposed
from mentors.models import Rating, Seal, Selection
from opw.accounts.models import User
from opw.communities.models import coordinated_by
from opw.rounds.models import Round
from projects.models import Listing, mentored_by
from projects.models.tasks import count_of

SHOWN = 5  # things of one deed; how many more there are is said


@dataclass(frozen=True)
class Thing:
    """One thing that waits: what it is called, for which project, since when, and where it is done."""

    name: str
    project: str
    since: datetime | None
    address: str


@dataclass(frozen=True)
class Deed:
    """What she is asked to do, with the first of the things that wait for it."""

    title: str
    verb: str
    until: datetime | None
    things: list[Thing]
    number: int

    @property
    def first(self) -> Thing:
        return self.things[0]

    @property
    def more(self) -> int:
        return self.number - len(self.things)


@dataclass(frozen=True)
class Next:
    """What the round brings next, for who has nothing to do."""

    words: str
    at: datetime


@dataclass(frozen=True)
class WhatWaits:
    deeds: list[Deed]
    comes_next: Next | None

    @property
    def number(self) -> int:
        return sum(deed.number for deed in self.deeds)


_COMES_NEXT = {
    "applications_open_at": "A starter task on a project's page makes it easy to begin there. Applications open",
    "contributions_close_at": "What applicants write, record and submit will stand here. They can contribute until",
    "selection_closes_at": "Selection closes",
    "announcement_at": "The interns are announced",
}


class _Row(NamedTuple):
    """One thing that waits as the database says it, alike for every kind of deed."""

    kind: int
    in_all: int
    name: str
    project: str
    since: datetime | None
    pk: int
    place: int | None
    person: int | None


@dataclass(frozen=True)
class _Kind:
    """A kind of deed: its words, what waits for it in order, and where one of these is done."""

    title: str
    verb: str
    until: datetime | None
    rows: QuerySet[Any]
    columns: list[Any]  # of a _Row, from its name on
    address: Callable[[_Row], str]

    def first(self, kind: int) -> QuerySet[Any, tuple[Any, ...]]:
        """The first of its rows, each with the number of the kind and how many there are in all."""
        return self.rows.values_list(Value(kind), Window(Count("pk")), *self.columns)[:SHOWN]

    def deed(self, rows: list[_Row]) -> Deed:
        things = [Thing(row.name, row.project, row.since, self.address(row)) for row in rows]
        return Deed(self.title, self.verb, self.until, things, rows[0].in_all)


def what_waits_for(user: User, round: Round | None, now: datetime) -> WhatWaits:
    """Everything that waits in this round, asked in one query; of who has no role, in none."""
    if round is None:
        return WhatWaits([], None)
    kinds = list(_kinds(user, round, now))
    rows = _first_of_each(kinds)
    deeds = [kind.deed(rows[number]) for number, kind in enumerate(kinds) if number in rows]
    deeds.sort(key=lambda deed: deed.until or round.published_at)
    upcoming = ((words, getattr(round, name)) for name, words in _COMES_NEXT.items())
    return WhatWaits(deeds, next((Next(words, at) for words, at in upcoming if now < at), None))


def _first_of_each(kinds: list[_Kind]) -> dict[int, list[_Row]]:
    """The first rows of each kind that has any, by its number; the oldest first."""
    found: dict[int, list[_Row]] = defaultdict(list)
    if kinds:
        first, *others = [kind.first(number) for number, kind in enumerate(kinds)]
        rows = [_Row(*row) for row in first.union(*others, all=True)]
        for row in sorted(rows, key=lambda row: (row.since is None, row.since)):
            found[row.kind].append(row)
    return found


def _kinds(user: User, round: Round, now: datetime) -> Iterator[_Kind]:
    """What may wait for somebody with her roles at this moment."""
    roles = user.roles or {}
    mentors, coordinates = bool(roles.get("mentors")), bool(roles.get("coordinates"))
    selection_is_open = now < round.selection_closes_at
    if mentors or coordinates or user.is_staff:
        yield _to_answer(user, round)
        if selection_is_open:
            yield _to_read_again(user, round)
    if mentors and selection_is_open:
        yield _to_look_at(user, round, now)
        yield _to_rate(user, round)
        if now >= round.contributions_close_at:
            yield _to_propose_for(user, round)
    if coordinates and not round.is_released:
        yield _to_confirm(user, round)
        if not selection_is_open:
            yield _to_decide_the_rest_of(user, round)
    if user.is_staff and not round.is_released:
        yield _in_doubt(user, round)
        if not selection_is_open:
            yield _to_seal(user, round)


def _to_answer(user: User, round: Round) -> _Kind:
    """Threads in which the applicant wrote last, where she mentors or has written herself."""
    thread = Message.objects.filter(listing=OuterRef("listing"), applicant=OuterRef("applicant"))
    later = thread.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    hers = Message.objects.visible_to(user).exclude(applicant=user).of_round(round)
    hers = hers.filter(Q(listing__project__in=mentored_by(user)) | Q(Exists(thread.filter(author=user))))
    last = hers.filter(~Exists(later), author=F("applicant"), is_elsewhere=False)
    return _Kind(
        "Messages to answer", "Answer", None, last.order_by("at", "pk"),
        [_called("applicant"), _title(), F("at"), F("pk"), F("listing"), F("applicant")],
        lambda row: f"{reverse('mentors:messages', args=[row.place, row.person])}#message-{row.pk}",
    )  # fmt: skip


def _to_look_at(user: User, round: Round, now: datetime) -> _Kind:
    """While an applicant can still do better, she is to hear before that is over."""
    until = round.contributions_close_at if now < round.contributions_close_at else round.selection_closes_at
    unseen = (
        Contribution.objects.visible_to(user)
        .exclude(applicant=user)
        .filter(
            round=round, mark=Contribution.Mark.NONE, listing__project__in=mentored_by(user), listing__withdrawn_at=None
        )
    )
    return _Kind(
        "Contributions to look at", "Look at", until, unseen.order_by("recorded_at", "pk"),
        [F("title"), _title(), F("recorded_at"), F("pk"), F("listing"), F("applicant")],
        lambda row: f"{reverse('mentors:listing', args=[row.place])}#contribution-{row.pk}",
    )  # fmt: skip


def _to_rate(user: User, round: Round) -> _Kind:
    unrated = tables.not_rated_by(user, round)
    return _of_applications("Applications to rate", "Read and rate", round, unrated)


def _to_read_again(user: User, round: Round) -> _Kind:
    """Those that changed since she read them; what she is to rate, she reads then."""
    changed = tables.with_reading(Application.objects.seen_by_reviewers(user).live().of_round(round), user)
    rated = Exists(Rating.objects.filter(application=OuterRef("pk"), mentor=user))
    changed = changed.filter(Q(has_changed=True), Q(rated) | ~Q(listing__project__in=mentored_by(user)))
    return _of_applications("Changed since you read them", "Read", round, changed)


def _to_propose_for(user: User, round: Round) -> _Kind:
    """Projects that have fewer proposals than places for interns, and somebody who can be proposed."""
    hers = Application.objects.seen_by_reviewers(user).filter(listing=OuterRef("pk"))
    proposed = Selection.objects.live().filter(application__in=hers)
    listings = Listing.objects.of_round(round).filter(_has_open_ones(user, round), project__in=mentored_by(user))
    listings = listings.annotate(proposed=count_of(proposed))
    return _Kind(
        "Projects without a proposal", "Propose an intern for", round.selection_closes_at,
        listings.filter(Q(proposed__lt=F("interns_wanted"))), _OF_A_LISTING,
        lambda row: reverse("mentors:listing", args=[row.pk]),
    )  # fmt: skip


def _to_confirm(user: User, round: Round) -> _Kind:
    waiting = Selection.objects.of_round(round).live().filter(
        slot__isnull=True, application__in=Application.objects.on_the_table_of(user),
        application__listing__participation__community__in=coordinated_by(user),
    )  # fmt: skip
    return _Kind(
        "Proposals to confirm", "Decide about", round.announcement_at, waiting.order_by("proposed_at", "pk"),
        [_called("application__applicant"), _title("application__"), F("proposed_at"), F("pk"),
         F("application__listing__participation"), _NO_NUMBER],
        lambda row: reverse("mentors:selections", args=[row.place]),
    )  # fmt: skip


def _to_decide_the_rest_of(user: User, round: Round) -> _Kind:
    listings = Listing.objects.of_round(round).filter(participation__community__in=coordinated_by(user))
    return _Kind(
        "Projects whose other applicants are not decided", "Decide the rest of", round.announcement_at,
        listings.filter(_has_open_ones(user, round)), _OF_A_LISTING,
        lambda row: reverse("mentors:selections", args=[row.place]),
    )  # fmt: skip


def _in_doubt(user: User, round: Round) -> _Kind:
    doubted = InitialApplication.objects.read_by(user).filter(round=round, is_in_doubt=True)
    return _Kind(
        "Initial applications in doubt", "Decide about", round.announcement_at, doubted.order_by("submitted_at", "pk"),
        [_called("applicant"), Value(""), F("submitted_at"), F("pk"), _NO_NUMBER, F("applicant")],
        lambda row: reverse("coordinate:decide_eligibility", args=[row.pk]),
    )  # fmt: skip


def _to_seal(user: User, round: Round) -> _Kind:
    """Unless she applies in the round herself."""
    applies = Application.objects.of(user).live().of_round(round)
    seals = Seal.objects.standing().filter(round=OuterRef("pk"))
    return _Kind(
        "Results to seal", "Rehearse and seal the results of", round.announcement_at,
        Round.objects.filter(~Exists(seals), ~Exists(applies), pk=round.pk),
        [F("name"), Value(""), _NO_MOMENT, F("pk"), _NO_NUMBER, _NO_NUMBER],
        lambda row: reverse("mentors:results", args=[round.slug]),
    )  # fmt: skip


def _of_applications(title: str, verb: str, round: Round, applications: QuerySet[Application]) -> _Kind:
    return _Kind(
        title, verb, round.selection_closes_at, applications.order_by("submitted_at", "pk"),
        [_called("applicant"), _title(), F("submitted_at"), F("pk"), F("listing"), F("applicant")],
        lambda row: reverse("mentors:application", args=[row.pk]),
    )  # fmt: skip


def _has_open_ones(user: User, round: Round) -> Exists:
    """Condition on a listing: it has applications that she sees, and about which nothing is decided."""
    return Exists(not_proposed(round).seen_by_reviewers(user).filter(listing=OuterRef("pk")))


def _called(person: str) -> Coalesce:
    """What ``str()`` says of a person."""
    return Coalesce(NullIf(F(f"{person}__name"), Value("")), F(f"{person}__email"), output_field=TextField())


def _title(of: str = "") -> F:
    return F(f"{of}listing__project__title")


_NO_MOMENT, _NO_NUMBER = Cast(Value(None), DateTimeField()), Cast(Value(None), BigIntegerField())
_OF_A_LISTING = [
    F("project__title"), F("participation__community__name"), _NO_MOMENT, F("pk"), F("participation"), _NO_NUMBER
]  # fmt: skip
