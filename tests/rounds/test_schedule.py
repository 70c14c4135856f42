"""The order of a round's moments, and that rounds do not overlap, are the database's to keep."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction

from opw.rounds.models import Phase, Round
from tests import make, scenarios

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)


def refuses(round: Round) -> bool:
    """Whether the database itself refuses the round as it is."""
    try:
        with transaction.atomic():
            Round.objects.filter(pk=round.pk).update(
                **{field.name: getattr(round, field.name) for field in Round._meta.fields if field.name != "id"}
            )
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(("moment", "later"), list(pairwise(make.MOMENTS)))
def test_moments_out_of_order_are_refused(moment, later):
    round = make.round()

    setattr(round, moment, getattr(round, later) + MOMENT)

    assert refuses(round)


@pytest.mark.parametrize(
    ("moment", "later", "refused"),
    [
        ("published_at", "applications_open_at", False),
        ("applications_open_at", "applications_close_at", True),
        ("applications_close_at", "contributions_close_at", False),
        ("contributions_close_at", "selection_closes_at", False),
        ("selection_closes_at", "announcement_at", True),
        ("announcement_at", "offers_answered_by_at", True),
    ],
)
def test_two_moments_may_be_one_where_nothing_lies_between(moment, later, refused):
    round = make.round()

    setattr(round, moment, getattr(round, later))

    assert refuses(round) == refused


def test_internships_do_not_start_before_the_offers_are_answered():
    round = make.round()

    round.internship_starts_on = round.offers_answered_by_at.date() - DAY
    before = refuses(round)
    round.internship_starts_on = round.offers_answered_by_at.date()
    on_the_day = refuses(round)

    assert (before, on_the_day) == (True, False)


def test_internships_end_after_they_start():
    round = make.round()

    round.internship_ends_on = round.internship_starts_on

    assert refuses(round)


def test_results_are_not_released_before_the_announcement():
    round = make.round()

    round.released_at = round.announcement_at - MOMENT
    before = refuses(round)
    round.released_at = round.announcement_at
    at_the_hour = refuses(round)

    assert (before, at_the_hour) == (True, False)


def test_rounds_do_not_overlap_from_publication_to_announcement():
    first, second = make.round(Phase.OPEN), make.round(Phase.FINISHED)

    scenarios.reach(second, "published_at", now=first.announcement_at)
    with pytest.raises(IntegrityError, match="rounds_do_not_overlap"), transaction.atomic():
        scenarios.reach(second, "published_at", now=first.announcement_at - MOMENT)

    second.refresh_from_db()
    assert second.published_at == first.announcement_at


def test_the_current_round_is_the_newest_published_one():
    first, second = make.round(Phase.OPEN), make.round(Phase.FINISHED)

    scenarios.reach(second, "published_at", now=first.announcement_at)

    assert Round.objects.current(first.published_at - MOMENT) is None
    assert Round.objects.current(second.published_at - MOMENT) == first
    assert Round.objects.current(second.published_at) == second
