"""Finding a project in a round's list: search, filters and their counts, and the order; all of it lives in the address.

A round lists some hundreds of projects. What the filters ask of them is read in one query, and counted here.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from opw.rounds.models import Round
from projects.models import Difficulty, Listing
from projects.models.tasks import free_tasks_of
from projects.search import LONGEST_SEARCH, Hits, search

MOST_CHOICES = 8  # the rest of a long list is folded


@dataclass(frozen=True)
class Facts:
    """What the filters ask of one listing; each choice that it has, with the choice's words."""

    pk: int
    title: str
    listed_at: datetime
    interest: str
    community: dict[str, str]
    difficulty: dict[str, str]
    required: dict[str, str]
    preferred: dict[str, str]
    gsoc: dict[str, str]
    open: dict[str, str]
    tasks: dict[str, str]

    @property
    def skills(self) -> dict[str, str]:
        return self.required | self.preferred

    @property
    def fewest_applicants(self) -> int:
        """The lower end of the band of interest."""
        return int(self.interest.split()[0])


@dataclass(frozen=True)
class Filter:
    """One question: of the choices that a listing has, it must have any of those asked for, or every one."""

    name: str
    legend: str
    choices_of: Callable[[Facts], dict[str, str]]
    asked: tuple[str, ...]
    every: bool = False
    in_order: bool = False  # the choices have an order of their own; others come by how often they are had

    def admits(self, listing: Facts) -> bool:
        """Whether the listing has what is asked for, where anything is."""
        had = [value in self.choices_of(listing) for value in self.asked]
        return all(had) if self.every else any(had)


@dataclass(frozen=True)
class Choice:
    """A choice of a filter, and how many listings it would show under the other filters in force."""

    value: str
    words: str
    count: int
    is_asked: bool


@dataclass(frozen=True)
class Facet:
    """A filter as the page shows it: the choices that lead somewhere, those asked for and the most had first."""

    filter: Filter
    choices: list[Choice]

    @property
    def shown(self) -> list[Choice]:
        return self.choices[: self._unfolded]

    @property
    def folded(self) -> list[Choice]:
        return self.choices[self._unfolded :]

    @property
    def is_idle(self) -> bool:
        return not self.filter.asked

    @property
    def _unfolded(self) -> int:
        return max(MOST_CHOICES, len(self.filter.asked))


@dataclass(frozen=True)
class WayOut:
    """A wish that could be taken back: its words, the address without it, and how many listings that would show."""

    words: str
    address: str
    count: int


SKILLS_THAT_ARE: dict[str, tuple[str, Callable[[Facts], dict[str, str]]]] = {
    "": ("required or preferred", lambda listing: listing.skills),
    "required": ("required", lambda listing: listing.required),
    "preferred": ("preferred", lambda listing: listing.preferred),
}
# A box of its own for what is so or not so.
FLAGS = {"gsoc": "Also in Google Summer of Code", "open": "Open to newcomers", "tasks": "With a free starter task"}
ORDERS: dict[str, tuple[str, Callable[[Facts], tuple[float | str, ...]]]] = {
    "title": ("by title", lambda listing: (listing.title.casefold(),)),
    "newest": ("newest first", lambda listing: (-listing.listed_at.timestamp(),)),
    "fewest": ("fewest applicants first", lambda listing: (listing.fewest_applicants, listing.title.casefold())),
}
BEST_MATCH = "best match first"


def filters_in(address: QueryDict) -> list[Filter]:
    """The filters of the list, with what the address asks of each."""

    def asked(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in address.getlist(name) if value))

    def ticked(name: str) -> tuple[str, ...]:
        return ("true",) if address.get(name, "") not in ("", "false") else ()

    return [
        Filter("community", "Community", lambda listing: listing.community, asked=asked("community")),
        Filter(
            "difficulty", "Difficulty", lambda listing: listing.difficulty, asked=asked("difficulty"), in_order=True
        ),
        Filter("skill", "Skill", SKILLS_THAT_ARE[skills_are(address)][1], every=True, asked=asked("skill")),
        Filter("gsoc", "Only", lambda listing: listing.gsoc, asked=ticked("gsoc")),
        Filter("open", "Only", lambda listing: listing.open, asked=ticked("open")),
        Filter("tasks", "Only", lambda listing: listing.tasks, asked=ticked("tasks")),
    ]


def skills_are(address: QueryDict) -> str:
    """Whether the skills asked for are to be required, to be preferred, or either."""
    wish = address.get("skill_is", "")
    return wish if wish in SKILLS_THAT_ARE else ""


def facts_of(listings: QuerySet[Listing], *, applications_are_open: bool) -> list[Facts]:
    """What the filters ask of these listings, in one query."""
    skill, is_required = "project__skill_tags__skill__name", "project__skill_tags__is_required"
    tagged = listings.annotate(
        required=ArrayAgg(skill, filter=Q(**{is_required: True}), default=[]),
        preferred=ArrayAgg(skill, filter=Q(**{is_required: False}), default=[]),
        free_tasks=free_tasks_of("project"),
    )
    rows = tagged.order_by("pk").values_list(
        "pk", "project__title", "listed_at", "interest", "closed_to_newcomers_at", "project__also_gsoc",
        "project__difficulty_from", "project__difficulty_to",
        "participation__community__slug", "participation__community__name",
        "required", "preferred", "free_tasks",
    )  # fmt: skip
    return [
        Facts(
            pk=pk, title=title, listed_at=listed_at, interest=interest,
            community={slug: name},
            difficulty=_levels(lowest, highest),
            required={name: name for name in required},
            preferred={name: name for name in preferred},
            gsoc={"true": FLAGS["gsoc"]} if gsoc else {},
            open={"true": FLAGS["open"]} if applications_are_open and closed_at is None else {},
            tasks={"true": FLAGS["tasks"]} if tasks else {},
        )
        for (
            pk, title, listed_at, interest, closed_at, gsoc, lowest, highest, slug, name, required, preferred, tasks
        ) in rows
    ]  # fmt: skip


def _levels(lowest: int | None, highest: int | None) -> dict[str, str]:
    """The levels of difficulty that a range touches; none where it is not said."""
    if lowest is None or highest is None:
        return {}
    return {str(level): Difficulty(level).label.capitalize() for level in range(lowest, highest + 1)}


class Finding:
    """What an address asks of a round's list, and what it finds there."""

    def __init__(self, address: QueryDict, round: Round | None, now: datetime) -> None:
        self.address = address
        self.text = address.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
        self.filters = filters_in(address)
        self._listings = Listing.objects.of_round(round)
        self._open = round is not None and round.applications_open_at <= now < round.contributions_close_at

    @cached_property
    def all(self) -> list[Facts]:
        return facts_of(self._listings, applications_are_open=self._open)

    @cached_property
    def hits(self) -> Hits | None:
        """What the search found; None when no words were searched for."""
        return search(self._listings, self.text) if self.text else None

    @cached_property
    def found(self) -> list[Facts]:
        """The listings that fit everything asked for, in the order asked for."""
        return sorted(self._admitted_by(self.filters), key=self._place)

    @property
    def is_asked(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.text) or any(filter.asked for filter in self.filters)

    @property
    def order(self) -> str:
        wish = self.address.get("sort", "")
        return wish if wish in ORDERS else "" if self.text else "title"

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The orders to choose from."""
        by_match = [("", BEST_MATCH)] if self.text else []
        return by_match + [(name, words) for name, (words, _) in ORDERS.items()]

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters that have anything to choose, but for those that are one box."""
        facets = [self._facet(filter) for filter in self.filters if filter.name not in FLAGS]
        return [facet for facet in facets if len(facet.choices) > 1 or facet.filter.asked]

    @cached_property
    def flags(self) -> list[Facet]:
        """The boxes that would narrow the list, or do."""
        facets = [self._facet(filter) for filter in self.filters if filter.name in FLAGS]
        return [facet for facet in facets if facet.filter.asked or 0 < self._count(facet) < len(self.found)]

    @property
    def skills_are(self) -> list[Choice]:
        """How the skills asked for may stand at a project: required, preferred, or either."""
        skill = next(filter for filter in self.filters if filter.name == "skill")
        rest = self._admitted_by([filter for filter in self.filters if filter is not skill])
        return [
            Choice(value, words, sum(all(name in had(listing) for name in skill.asked) for listing in rest), asked)
            for value, (words, had) in SKILLS_THAT_ARE.items()
            for asked in [value == skills_are(self.address)]
        ]

    @property
    def ways_out(self) -> list[WayOut]:
        """What could be taken back when nothing was found; what helps at once comes first."""
        ways = [self._without_search()] if self.text else []
        for filter in self.filters:
            values = [(value,) for value in filter.asked] if filter.every else [filter.asked] if filter.asked else []
            ways += [self._without(filter, taken) for taken in values]
        return sorted(ways, key=lambda way: -way.count)

    def page(self, number: str | None, size: int) -> "Page[Any]":
        """One page of what was found; only its listings are read with all that a row shows."""
        page: Page[Any] = Paginator([listing.pk for listing in self.found], size).get_page(number)
        listings = self._listings.in_rows().in_bulk(list(page.object_list))
        page.object_list = [listings[pk] for pk in page.object_list]
        return page

    def _admitted_by(self, filters: Iterable[Filter], *, searched: bool = True) -> list[Facts]:
        hits = set(self.hits.listings) if self.hits and searched else None
        filters = [filter for filter in filters if filter.asked]
        return [
            listing
            for listing in self.all
            if (hits is None or listing.pk in hits) and all(filter.admits(listing) for filter in filters)
        ]

    @cached_property
    def _ranks(self) -> dict[int, int]:
        return {pk: rank for rank, pk in enumerate(self.hits.listings)} if self.hits else {}

    def _place(self, listing: Facts) -> tuple[float | str, ...]:
        if not self.order:
            return (self._ranks[listing.pk],)
        return (*ORDERS[self.order][1](listing), listing.pk)

    def _facet(self, filter: Filter) -> Facet:
        """Each choice counted under the other filters in force; where all asked for must be had, its own too."""
        rest = self.filters if filter.every else [other for other in self.filters if other is not filter]
        counts: Counter[str] = Counter()
        words = {value: self._words(filter, value) for value in filter.asked}
        for listing in self._admitted_by(rest):
            had = filter.choices_of(listing)
            counts.update(had.keys())
            words |= had
        choices = [Choice(value, words[value], counts[value], value in filter.asked) for value in words]
        if filter.in_order:
            return Facet(filter, sorted(choices, key=lambda choice: choice.value))
        return Facet(filter, sorted(choices, key=lambda c: (not c.is_asked, -c.count, c.words.casefold())))

    def _count(self, facet: Facet) -> int:
        return sum(choice.count for choice in facet.choices)

    def _words(self, filter: Filter, value: str) -> str:
        """The words of a choice, also of one that no listing has under the other filters."""
        had = (filter.choices_of(listing) for listing in self.all)
        return next((choices[value] for choices in had if value in choices), FLAGS.get(filter.name, value))

    def _without_search(self) -> WayOut:
        address = self.address.copy()
        for name in ("q", "page"):
            address.pop(name, None)
        return WayOut(
            f"the words “{self.text}”", f"?{address.urlencode()}", len(self._admitted_by(self.filters, searched=False))
        )

    def _without(self, filter: Filter, taken: tuple[str, ...]) -> WayOut:
        """The list without these wishes of one filter."""
        left = tuple(value for value in filter.asked if value not in taken)
        address = self.address.copy()
        address.pop("page", None)
        address.setlist(filter.name, list(left))
        filters = [replace(other, asked=left) if other is filter else other for other in self.filters]
        words = f"{filter.legend.lower()}: {' or '.join(self._words(filter, value) for value in taken)}"
        return WayOut(words, f"?{address.urlencode()}", len(self._admitted_by(filters)))
