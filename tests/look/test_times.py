"""How moments are worded, for every timezone there is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opw.times import day_in_words, duration, in_words, place, time_left

CLOSES_AT = datetime(2026, 11, 11, 19, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2013, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 # they get UTC


@pytest.mark.parametrize(
    ("tz", "words"),
    [
        (None, "November 11, 19:00 UTC"),
        ("UTC", "November 11, 19:00 UTC"),
        ("Europe/Berlin", "November 11, 19:00 UTC (20:00 in Berlin)"),
        ("Europe/London", "November 11, 19:00 UTC (19:00 in London)"),
        ("America/Argentina/Buenos_Aires", "November 11, 19:00 UTC (16:00 in Buenos Aires)"),
        ("Asia/Kolkata", "November 11, 19:00 UTC (November 12, 00:30 in Kolkata)"),
        ("Asia/Calcutta", "November 11, 19:00 UTC (November 12, 00:30 in Kolkata)"),
        ("US/Eastern", "November 11, 19:00 UTC (14:00 your time)"),
        ("CET", "November 11, 19:00 UTC (20:00 your time)"),
        ("Nowhere/Land", "November 11, 19:00 UTC"),
        ("../etc/passwd", "November 11, 19:00 UTC"),
    ],
)
def test_a_moment_is_said_in_utc_and_where_the_reader_is(tz: str | None, words: str) -> None:
    assert in_words(CLOSES_AT, tz) == words


def test_a_moment_given_in_another_timezone_is_the_same_moment() -> None:
    elsewhere = datetime.fromisoformat("2026-11-12T00:30:00+05:30")

    assert in_words(elsewhere, "Europe/Berlin") == in_words(CLOSES_AT, "Europe/Berlin")


def test_the_year_is_named_when_it_is_another() -> None:
    assert in_words(CLOSES_AT, now=CLOSES_AT - timedelta(days=20)) == "November 11, 19:00 UTC"
    assert in_words(CLOSES_AT, now=CLOSES_AT + timedelta(days=60)) == "November 11, 2026, 19:00 UTC"
    assert day_in_words(date(2027, 1, 3), CLOSES_AT) == "January 3, 2027"


@pytest.mark.parametrize(
    ("remaining", "words"),
    [
        (timedelta(days=12, hours=23), "12 days left"),
        (timedelta(days=2), "2 days left"),
        (timedelta(days=2) - timedelta(microseconds=1), "47 hours left"),
        (timedelta(hours=2), "2 hours left"),
        (timedelta(minutes=119, seconds=59), "119 minutes left"),
        (timedelta(minutes=50), "50 minutes left"),
        (timedelta(minutes=1), "1 minute left"),
        (timedelta(microseconds=1), "less than a minute left"),
        (timedelta(0), "closed less than a minute ago"),
        (-timedelta(minutes=1), "closed 1 minute ago"),
        (-timedelta(days=2), "closed 2 days ago"),
    ],
)
def test_the_time_left_is_rounded_down_in_its_largest_unit(remaining: timedelta, words: str) -> None:
    assert time_left(CLOSES_AT, CLOSES_AT - remaining) == words


@given(moments, moments)
def test_a_deadline_is_open_until_it_is_there_and_closed_from_then_on(at: datetime, now: datetime) -> None:
    words = time_left(at, now)

    assert words.endswith(" left") == (now < at)
    assert words.startswith("closed ") == (now >= at)


@given(st.timedeltas(timedelta(minutes=1), timedelta(days=400)))
def test_a_duration_never_promises_more_than_there_is(span: timedelta) -> None:
    number, unit = duration(span).split()
    promised = timedelta(**{unit.rstrip("s") + "s": int(number)})

    assert promised <= span < promised + timedelta(**{unit.rstrip("s") + "s": 1})


@given(moments, st.sampled_from(sorted(available_timezones())))
def test_every_timezone_has_words_on_one_line(at: datetime, tz: str) -> None:
    words = in_words(at, tz)

    assert f"{at:%H:%M} UTC" in words
    assert words.isprintable()
    assert "_" not in place(tz)
