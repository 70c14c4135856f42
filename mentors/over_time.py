"""What happened in a round day by day, and hour by hour in the last day before applications closed; all in UTC."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import TruncHour

from applications.models import Application, Contribution, not_hidden_from
from opw.accounts.models import User
from opw.rounds.models import Deadline, Deadlines, Participation

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WIDTH = 10  # of a bar with the space beside it; a chart is a hundred high
# What is counted, and the deadline that it runs up to.
DEEDS = {
    "begun": ("Applications begun", Deadline.APPLICATIONS),
    "contributed": ("Contributions recorded", Deadline.CONTRIBUTIONS),
    "submitted": ("Applications submitted", Deadline.APPLICATIONS),
}
Happened = dict[str, Counter[datetime]]  # how often by the hour, for each deed
Closes = dict[Deadline, datetime]


@dataclass(frozen=True)
class Bar:
    """One day or hour of a chart; who is there at all is seen."""

    at: datetime
    count: int
    x: int
    height: int

    @property
    def y(self) -> int:
        return 100 - self.height


@dataclass(frozen=True)
class Chart:
    """One deed over time, with its deadline on the same line."""

    heading: str
    bars: list[Bar]
    width: int
    deadline: Deadline
    closes_at: datetime
    closes_x: int | None  # none where the deadline lies behind the end of the chart

    @property
    def most(self) -> Bar | None:
        """The highest bar, the first of equal ones; none where nothing happened."""
        return max((bar for bar in self.bars if bar.count), key=lambda bar: bar.count, default=None)

    @property
    def count(self) -> int:
        return sum(bar.count for bar in self.bars)


@dataclass(frozen=True)
class OverTime:
    """The charts of one span of time, which read as one table."""

    charts: list[Chart]
    starts_at: datetime
    ends_at: datetime
    by_hour: bool

    @property
    def rows(self) -> list[tuple[datetime, list[tuple[str, int]]]]:
        """Each day or hour until now, with each deed and how often it was done then."""
        headings = [chart.heading for chart in self.charts]
        columns = zip(*(chart.bars for chart in self.charts), strict=True)
        return [(bars[0].at, [(words, bar.count) for words, bar in zip(headings, bars, strict=True)])
                for bars in columns]  # fmt: skip


def over_time(user: User, participations: list[Participation], deadlines: Deadlines, now: datetime) -> list[OverTime]:
    """The round by day, and its last day by hour if anything happened in it; without whom the reader may not see."""
    happened, round = _happened(user, participations), deadlines.round
    community = participations[0].community if len(participations) == 1 else None
    closes = {kind: deadlines.of(kind, community) for kind in Deadline}
    last = max((hour + HOUR for hours in happened.values() for hour in hours), default=now)
    ends_at = max(closes[Deadline.CONTRIBUTIONS], min(last, round.selection_closes_at))
    last_day = closes[Deadline.APPLICATIONS] - DAY
    by_day = _span(happened, closes, round.applications_open_at, ends_at, now=now, step=DAY)
    by_hour = _span(happened, closes, last_day, last_day + DAY, now=now, step=HOUR)
    return [by_day, by_hour] if any(chart.count for chart in by_hour.charts) else [by_day]


def _span(
    happened: Happened, closes: Closes, starts_at: datetime, ends_at: datetime, *, now: datetime, step: timedelta
) -> OverTime:
    first = _beginning(starts_at, step)
    number = -((first - ends_at) // step)  # rounded up: the last day is shown whole
    passed = [at for one in range(number) if (at := first + one * step) <= now]
    charts = []
    for deed, (heading, deadline) in DEEDS.items():
        counts = Counter[datetime]()
        for hour, count in happened[deed].items():
            counts[_beginning(hour, step)] += count
        closes_x = round((closes[deadline] - first) / step * WIDTH)
        shown = closes_x if closes_x <= number * WIDTH else None
        bars = _bars([(at, counts[at]) for at in passed])
        charts.append(Chart(heading, bars, number * WIDTH, deadline, closes[deadline], shown))
    return OverTime(charts, first, first + (number - 1) * step, by_hour=step == HOUR)


def _bars(counts: list[tuple[datetime, int]]) -> list[Bar]:
    most = max((count for _, count in counts), default=0)
    return [
        Bar(at, count, number * WIDTH, max(2, round(100 * count / most)) if count else 0)
        for number, (at, count) in enumerate(counts)
    ]


def _beginning(at: datetime, step: timedelta) -> datetime:
    """The day or hour, in UTC, in which a moment lies."""
    hour = at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return hour.replace(hour=0) if step == DAY else hour


def _happened(user: User, participations: Iterable[Participation]) -> Happened:
    """Every deed by the hour, in one query. Who submits again has submitted at the last time."""
    seen = Q(not_hidden_from(user), listing__participation__in=participations, listing__withdrawn_at=None)
    begun, contributions = Application.objects.filter(seen), Contribution.objects.filter(seen)
    rows = _by_hour("begun", begun, "created_at").union(
        _by_hour("contributed", contributions, "recorded_at"),
        _by_hour("submitted", begun.submitted(), "submitted_at"),
        all=True,
    )
    happened: Happened = {deed: Counter() for deed in DEEDS}
    for deed, hour, count in rows:
        happened[deed][hour] = count
    return happened


def _by_hour(deed: str, rows: QuerySet[Any], moment: str) -> Any:
    hours = rows.order_by().annotate(deed=Value(deed), hour=TruncHour(moment, tzinfo=UTC)).values("deed", "hour")
    return hours.annotate(count=Count("pk")).values_list("deed", "hour", "count")
