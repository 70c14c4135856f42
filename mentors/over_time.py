"""What happened in a round day by day, and hour by hour in the last day before applications closed; all in UTC."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import TruncDay, TruncHour

from applications.models import Application, Contribution, not_hidden_from
from opw.accounts.models import User
from opw.rounds.models import Deadline, Deadlines, Participation

DAY, HOUR, MOMENT = timedelta(days=1), timedelta(hours=1), timedelta(microseconds=1)
WIDTH = 10  # of a bar with the space beside it; a chart is a hundred high
# What is counted, and the deadline that it runs up to.
DEEDS = {
    "begun": ("Applications begun", Deadline.APPLICATIONS),
    "contributed": ("Contributions recorded", Deadline.CONTRIBUTIONS),
    "submitted": ("Applications submitted", Deadline.APPLICATIONS),
}
Happened = dict[str, Counter[datetime]]  # how often by the day or hour, for each deed
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
    here = [participation.pk for participation in participations]
    seen = Q(not_hidden_from(user), listing__participation__in=here, listing__withdrawn_at=None)
    round, community = deadlines.round, participations[0].community if len(participations) == 1 else None
    closes = {kind: deadlines.of(kind, community) for kind in Deadline}
    last_day = closes[Deadline.APPLICATIONS] - DAY
    by_day, by_hour = _happened(seen, round.applications_open_at, round.selection_closes_at, last_day)
    last = max((day for days in by_day.values() for day in days), default=round.published_at)
    ends_at = max(closes[Deadline.CONTRIBUTIONS], last + MOMENT)
    spans = [_span(by_day, closes, round.applications_open_at, ends_at, now=now, step=DAY)]
    if last_day <= now:
        spans.append(_span(by_hour, closes, last_day, last_day + DAY, now=now, step=HOUR))
    return [span for span in spans if not span.by_hour or any(chart.count for chart in span.charts)]


def _span(
    happened: Happened, closes: Closes, starts_at: datetime, ends_at: datetime, *, now: datetime, step: timedelta
) -> OverTime:
    first = starts_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    first = first.replace(hour=0) if step == DAY else first
    number = -((first - ends_at) // step)  # rounded up: the last day is shown whole
    passed = [at for one in range(number) if (at := first + one * step) <= now]
    charts = []
    for deed, (heading, deadline) in DEEDS.items():
        closes_x = round((closes[deadline] - first) / step * WIDTH)
        shown = closes_x if closes_x <= number * WIDTH else None
        bars = _bars([(at, happened[deed][at]) for at in passed])
        charts.append(Chart(heading, bars, number * WIDTH, deadline, closes[deadline], shown))
    return OverTime(charts, first, first + (number - 1) * step, by_hour=step == HOUR)


def _bars(counts: list[tuple[datetime, int]]) -> list[Bar]:
    most = max((count for _, count in counts), default=0)
    return [
        Bar(at, count, number * WIDTH, max(2, round(100 * count / most)) if count else 0)
        for number, (at, count) in enumerate(counts)
    ]


def _happened(seen: Q, since: datetime, until: datetime, last_day: datetime) -> tuple[Happened, Happened]:
    """How often each deed was done in each day, and in each hour of the last day; in one query.

    Who submits again has submitted the last time.
    """
    begun, contributions = Application.objects.filter(seen), Contribution.objects.filter(seen)
    first, *others = [
        rows.order_by()
        .filter(Q((f"{moment}__gte", since), (f"{moment}__lt", until)))
        .annotate(deed=Value(deed), day=TruncDay(moment, tzinfo=UTC), hour=_hour_of(moment, last_day))
        .values("deed", "day", "hour")
        .annotate(count=Count("pk"))
        .values_list("deed", "day", "hour", "count")
        for deed, rows, moment in [
            ("begun", begun, "created_at"),
            ("contributed", contributions, "recorded_at"),
            ("submitted", begun.submitted(), "submitted_at"),
        ]
    ]
    by_day, by_hour = ({deed: Counter[datetime]() for deed in DEEDS} for _ in (DAY, HOUR))
    for deed, day, hour, count in first.union(*others, all=True):
        by_day[deed][day] += count
        if hour:
            by_hour[deed][hour] += count
    return by_day, by_hour


def _hour_of(moment: str, last_day: datetime) -> TruncHour:
    """The hour in which something happened on the last day; none of what happened on another one."""
    on_it = Q((f"{moment}__gte", last_day), (f"{moment}__lt", last_day + DAY))
    return TruncHour(Case(When(on_it, then=F(moment))), tzinfo=UTC)
