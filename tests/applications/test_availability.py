"""What other commitments leave of an internship's weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.availability import Commitment, availability, commitments_in

STARTS, ENDS = date(2013, 12, 10), date(2014, 3, 10)  # thirteen weeks to the day


def taking(hours: int, first: date = STARTS, last: date = ENDS) -> Commitment:
    return Commitment("Something", first, last, hours)


@pytest.mark.parametrize(
    ("commitments", "free_weeks", "free_hours"),
    [
        ([], 13, 40),
        ([taking(20)], 13, 40),
        ([taking(21)], 0, 39),
        ([taking(60)], 0, 0),
        ([taking(100)], 0, 0),
        ([taking(10), taking(10)], 13, 40),
        ([taking(10), taking(15)], 0, 35),
        ([taking(60, STARTS, STARTS + timedelta(days=6))], 12, 36),
        ([taking(60, STARTS - timedelta(days=100), STARTS - timedelta(days=1))], 13, 40),
        ([taking(60, ENDS + timedelta(days=1), ENDS + timedelta(days=9))], 13, 40),
        ([taking(60, ENDS, ENDS)], 13, 40),
    ],
    ids=str,
)
def test_commitments_are_summed_up_into_free_weeks_and_hours(commitments, free_weeks, free_hours):
    time = availability(STARTS, ENDS, commitments)

    assert (time.free_weeks, time.free_hours) == (free_weeks, free_hours)


def test_a_last_week_may_be_short():
    time = availability(STARTS, STARTS + timedelta(days=8), [taking(60, STARTS + timedelta(days=7))])

    assert [(week.starts_on, week.ends_on, week.free_hours) for week in time.weeks] == [
        (STARTS, STARTS + timedelta(days=6), 40),
        (STARTS + timedelta(days=7), STARTS + timedelta(days=8), 0),
    ]


def test_bars_stand_where_the_commitment_is():
    weeks = [taking(5), taking(5, STARTS + timedelta(days=7), STARTS + timedelta(days=13)), taking(5, ENDS, ENDS)]

    time = availability(STARTS, ENDS, weeks)

    assert [(start, length) for _, start, length in time.bars] == [(0, 1000), (76, 76), (989, 10)]


def test_rows_that_are_not_whole_are_left_out():
    whole = {"kind": "job", "what": "A job", "from": "2013-12-10", "until": "2014-01-01", "hours": "20"}
    rows = [whole, whole | {"from": ""}, whole | {"hours": "many"}, {}]

    assert commitments_in(rows) == [Commitment("A job", STARTS, date(2014, 1, 1), 20)]


DAYS = st.dates(STARTS - timedelta(days=60), ENDS + timedelta(days=60))
COMMITMENTS = st.lists(st.builds(Commitment, st.just("x"), DAYS, DAYS, st.integers(0, 100)), max_size=5)


@given(COMMITMENTS, DAYS, DAYS)
def test_more_commitments_never_leave_more_time(commitments, first, last):
    before = availability(STARTS, ENDS, commitments)

    after = availability(STARTS, ENDS, [*commitments, taking(10, first, last)])

    assert 0 <= after.free_hours <= before.free_hours <= 40
    assert 0 <= after.free_weeks <= before.free_weeks <= 13
