"""Who has until when: the schedule, and more time for a round, a community or one person."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from applications.models import Application
from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds import actions
from opw.rounds.models import Deadline, Deadlines, Extension, Phase, deadline_for
from tests import make

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.mark.parametrize("kind", Deadline)
def test_without_more_time_the_schedule_decides(kind):
    round = make.round()

    assert deadline_for(kind, round) == getattr(round, kind)


def test_more_time_for_the_round_reaches_everybody():
    round = make.round()
    until = round.applications_close_at + DAY

    make.extension(round, until_at=until)

    assert deadline_for(Deadline.APPLICATIONS, round) == until
    assert deadline_for(Deadline.APPLICATIONS, round, make.community(), make.user()) == until


def test_more_time_for_a_community_reaches_that_community_alone():
    round, community = make.round(), make.community()
    until = round.applications_close_at + DAY

    make.extension(round, until_at=until, community=community)

    assert deadline_for(Deadline.APPLICATIONS, round, community, make.user()) == until
    assert deadline_for(Deadline.APPLICATIONS, round, make.community(), make.user()) == round.applications_close_at
    assert deadline_for(Deadline.APPLICATIONS, round) == round.applications_close_at


def test_more_time_for_a_person_reaches_that_person_alone():
    round, person = make.round(), make.user()
    until = round.applications_close_at + DAY

    make.extension(round, until_at=until, person=person)

    assert deadline_for(Deadline.APPLICATIONS, round, make.community(), person) == until
    assert deadline_for(Deadline.APPLICATIONS, round, make.community(), make.user()) == round.applications_close_at


def test_more_time_for_a_person_in_a_community_reaches_her_nowhere_else():
    round, community, person = make.round(), make.community(), make.user()
    until = round.applications_close_at + DAY

    make.extension(round, until_at=until, community=community, person=person)

    assert deadline_for(Deadline.APPLICATIONS, round, community, person) == until
    assert deadline_for(Deadline.APPLICATIONS, round, make.community(), person) == round.applications_close_at
    assert deadline_for(Deadline.APPLICATIONS, round, community, make.user()) == round.applications_close_at


def test_the_latest_of_several_decides():
    round, person = make.round(), make.user()
    close = round.applications_close_at

    make.extension(round, until_at=close + DAY)
    make.extension(round, until_at=close + 3 * DAY, person=person)
    make.extension(round, until_at=close - DAY, person=person)

    assert deadline_for(Deadline.APPLICATIONS, round, person=person) == close + 3 * DAY


def test_more_time_to_apply_is_no_more_time_to_contribute():
    round = make.round()

    make.extension(round, until_at=round.contributions_close_at + DAY, deadline=Deadline.APPLICATIONS)

    assert deadline_for(Deadline.CONTRIBUTIONS, round) == round.contributions_close_at


def test_more_time_in_another_round_changes_nothing_here():
    round, other = make.round(), make.round(phase=Phase.FINISHED)

    make.extension(other, until_at=round.applications_close_at + DAY)

    assert deadline_for(Deadline.APPLICATIONS, round) == round.applications_close_at


def test_more_time_never_reaches_past_the_close_of_selection():
    round = make.round()

    make.extension(round, until_at=round.selection_closes_at + DAY)

    assert deadline_for(Deadline.APPLICATIONS, round) == round.selection_closes_at


def test_granting_more_time_than_until_the_close_of_selection_is_refused():
    round, coordinator = make.round(), make.program_coordinator()

    def extend(until: datetime) -> None:
        actions.extend(
            round=round, deadline=Deadline.APPLICATIONS, until_at=until, reason="A power cut.", by=coordinator
        )

    extend(round.selection_closes_at)
    with pytest.raises(Refused, match="until the close of selection"):
        extend(round.selection_closes_at + timedelta(microseconds=1))

    assert Extension.objects.get().until_at == round.selection_closes_at


def test_more_time_taken_back_counts_no_more_and_is_kept():
    round, coordinator = make.round(), make.program_coordinator()
    extension = make.extension(round, until_at=round.applications_close_at + DAY)

    actions.revoke_extension(extension=extension, at=round.applications_open_at, by=coordinator)

    assert deadline_for(Deadline.APPLICATIONS, round) == round.applications_close_at
    assert Extension.objects.get().revoked_at == round.applications_open_at


def test_more_time_given_and_taken_back_is_audited():
    round, coordinator = make.round(), make.program_coordinator()
    until = round.applications_close_at + DAY

    extension = actions.extend(
        round=round, deadline=Deadline.APPLICATIONS, until_at=until, reason="A power cut.", by=coordinator
    )
    actions.revoke_extension(extension=extension, at=round.applications_open_at, by=coordinator)

    events = Event.objects.about(extension).order_by("pk")
    assert [(event.deed, event.actor) for event in events] == [
        ("extension_granted", coordinator),
        ("extension_revoked", coordinator),
    ]
    assert events[0].after == {"deadline": Deadline.APPLICATIONS, "until_at": until.isoformat()}


HERE, ALL = {"person": "applicant", "community": "listing__participation__community"}, {"person": "applicant"}


@pytest.mark.parametrize(("reach", "here", "anywhere"), [
    (("community", "person"), [True, False, False, False], [True, False, True, False]),
    (("person",), [True, False, True, False], [True, False, True, False]),
    (("community",), [True, True, False, False], [True, True, True, True]),
    ((), [True, True, True, True], [True, True, True, True]),
])  # fmt: skip
def test_what_lies_ahead_is_asked_of_the_database_too(reach, here, anywhere):
    round, first, other = make.round(), make.user(), make.user()
    listings = [make.listing(make.participation(round)) for _ in range(2)]
    applications = [make.application(listing, person) for listing in listings for person in (first, other)]
    now = round.applications_close_at + DAY
    reached: dict[str, Any] = {"community": listings[0].community, "person": first}
    make.extension(round, until_at=now)  # has passed
    make.extension(round, until_at=now + DAY, deadline=Deadline.CONTRIBUTIONS)
    make.extension(round, until_at=now + DAY, **{name: reached[name] for name in reach})
    deadlines = Deadlines(round)

    kind = Deadline.APPLICATIONS
    asked = [[one in Application.objects.filter(deadlines.is_ahead(kind, now, **fields)) for one in applications]
             for fields in (HERE, ALL)]  # fmt: skip

    said_here = [deadlines.of(kind, one.community, one.applicant) > now for one in applications]
    said_anywhere = [deadlines.anywhere(kind, one.applicant) > now for one in applications]
    assert asked == [said_here, said_anywhere] == [here, anywhere]
