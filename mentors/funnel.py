"""A round's funnel: how many people signed up, are eligible, contributed, submitted, are rated and selected.

It is made of people and not of numbers: who applies to two projects of a community is one person in that community.
The reader is not counted, nor anybody from whom she stepped back.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from applications.models import Application, Contribution, InitialApplication, not_hidden_from
from mentors.models import Rating, Selection
from opw.accounts.models import User
from opw.rounds.models import Participation, Round
from opw.text import spreadsheet_cell
from projects.models import Listing

# In their order, each with what counts there.
STAGES = {
    "signed_up": ("Signed up", "began to fill something in, or recorded a contribution"),
    "eligible": ("Eligible", "can take part, by their initial application"),
    "contributed": ("Contributed", "recorded a contribution, whatever its mark"),
    "submitted": ("Submitted", "have an application that is submitted"),
    "rated": ("Rated", "have one that a mentor has rated"),
    "selected": ("Selected", "are proposed, with a slot or without"),
}
Place = Participation | Listing
Rows = list[tuple[Any, ...]]  # a place's number or none, and the people there at each stage


@dataclass(frozen=True)
class Count:
    """How many people are at one stage."""

    stage: str
    heading: str
    what: str
    people: int
    of: int

    @property
    def thousandths(self) -> int:
        """Their share of those who signed up, as a bar is drawn."""
        return self.people * 1000 // self.of if self.of else 0


@dataclass(frozen=True)
class Line:
    """A line of the funnel: the people of a place, or of all places, at each stage."""

    place: Place | None
    people: dict[str, set[int]]

    @property
    def counts(self) -> list[Count]:
        whole = len(self.people["signed_up"])
        return [Count(stage, *words, len(self.people[stage]), whole) for stage, words in STAGES.items()]


@dataclass(frozen=True)
class Funnel:
    lines: list[Line]
    total: Line

    @property
    def of_communities(self) -> bool:
        return any(isinstance(line.place, Participation) for line in self.lines)

    @property
    def headings(self) -> list[str]:
        return [heading for heading, _ in STAGES.values()]


def funnel_of_communities(user: User, round: Round, participations: list[Participation], *, whole: bool) -> Funnel:
    """A line for each community; of the ``whole`` round it counts those too who have begun nowhere yet."""
    return _funnel(participations, _people(user, round, "listing__participation", participations), whole)


def funnel_of_projects(user: User, round: Round, listings: list[Listing], *, whole: bool = False) -> Funnel:
    """A line for each listing; see funnel_of_communities."""
    return _funnel(listings, _people(user, round, "listing", listings), whole)


def _funnel(places: Iterable[Place], rows: Rows, whole: bool) -> Funnel:
    found: dict[int | None, dict[str, set[int]]] = defaultdict(lambda: {stage: set() for stage in STAGES})
    for place, *stages in rows:
        for stage, people in zip(STAGES, stages, strict=True):
            found[place][stage].update(people or [])
    eligible, elsewhere = found[None]["eligible"], found[None]["signed_up"]
    lines = [_line(place, found[place.pk], eligible) for place in places]
    everybody = {stage: set().union(*(line.people[stage] for line in lines)) for stage in STAGES}
    if whole:
        everybody["signed_up"] |= elsewhere
    return Funnel(lines, _line(None, everybody, eligible))


def _line(place: Place | None, people: dict[str, set[int]], eligible: set[int]) -> Line:
    signed_up = people["signed_up"] | people["contributed"]
    return Line(place, people | {"signed_up": signed_up, "eligible": signed_up & eligible})


def _people(user: User, round: Round, place: str, places: Iterable[Place]) -> Rows:
    """Who is at each stage of each place, in one query; of initial applications, which have none, in the round."""
    here = [one.pk for one in places]
    seen = Q(not_hidden_from(user), Q((f"{place}__in", here)), listing__withdrawn_at=None)
    initials = InitialApplication.objects.filter(not_hidden_from(user), round=round)
    submitted = Q(status=Application.Status.SUBMITTED)
    gathered = _gathered(
        Application.objects.filter(seen),
        F(place),
        signed_up=None,
        submitted=submitted,
        rated=submitted & Q(pk__in=Rating.objects.values("application")),
        selected=submitted & Q(pk__in=Selection.objects.values("application")),
    ).union(
        _gathered(Contribution.objects.filter(seen), F(place), contributed=None),
        _gathered(initials, _NOWHERE, signed_up=None, eligible=Q(status=InitialApplication.Status.ELIGIBLE)),
        all=True,
    )
    return list(gathered)


_NOWHERE = Cast(Value(None), BigIntegerField())
_NOBODY = Cast(Value(None), ArrayField(BigIntegerField()))


def _gathered(rows: QuerySet[Any], place: F | Cast, **conditions: Q | None) -> Any:
    """The people of these rows by place: in each stage those whose row meets its condition."""
    people = {
        stage: ArrayAgg("applicant", filter=conditions[stage]) if stage in conditions else _NOBODY for stage in STAGES
    }
    return rows.order_by().annotate(place=place).values("place").annotate(**people).values_list("place", *STAGES)


def as_csv(funnel: Funnel) -> str:
    """A line for each project; what people typed is text in a spreadsheet and never a formula."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(["Community", "Project", *funnel.headings])
    for line in funnel.lines:
        assert isinstance(line.place, Listing)
        cells = [line.place.community, line.place.project, *(count.people for count in line.counts)]
        writer.writerow([spreadsheet_cell(cell) for cell in cells])
    return "\ufeff" + file.getvalue()  # by this mark spreadsheets know UTF-8
