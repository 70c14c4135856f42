"""Phases come from the schedule, the clock and the release, to the microsecond."""

from datetime import UTC, datetime, time, timedelta

import pytest

from opw.rounds.models import Phase
from tests import make

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("moment", "before", "since"),
    [
        ("published_at", Phase.PLANNED, Phase.PLANNED),
        ("applications_open_at", Phase.PLANNED, Phase.OPEN),
        ("applications_close_at", Phase.OPEN, Phase.OPEN),
        ("contributions_close_at", Phase.OPEN, Phase.SELECTION),
        ("selection_closes_at", Phase.SELECTION, Phase.SELECTION),
        ("announcement_at", Phase.SELECTION, Phase.SELECTION),
    ],
)
def test_the_phase_changes_at_the_moment_itself(moment, before, since):
    round = make.round()

    at = getattr(round, moment)

    assert (round.phase(at - MOMENT), round.phase(at)) == (before, since)


def test_nothing_is_announced_before_the_release_however_late():
    round = make.round()

    year_after = round.announcement_at + timedelta(days=365)

    assert round.phase(year_after) == Phase.SELECTION


def test_a_released_round_is_announced_then_an_internship_then_finished():
    round = make.round(Phase.ANNOUNCED)
    starts_at = datetime.combine(round.internship_starts_on, time(tzinfo=UTC))
    over_at = datetime.combine(round.internship_ends_on + timedelta(days=1), time(tzinfo=UTC))

    phases = [
        round.phase(at) for at in (round.announcement_at, starts_at - MOMENT, starts_at, over_at - MOMENT, over_at)
    ]

    assert phases == [Phase.ANNOUNCED, Phase.ANNOUNCED, Phase.INTERNSHIP, Phase.INTERNSHIP, Phase.FINISHED]


@pytest.mark.parametrize("phase", Phase)
def test_the_factory_makes_a_round_in_each_phase(phase, time_machine):
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    time_machine.move_to(now, tick=False)

    assert make.round(phase).phase(now) == phase
