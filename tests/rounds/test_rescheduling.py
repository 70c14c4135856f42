"""A round's schedule is its program coordinator's to change, until the results are out."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds import actions
from opw.rounds.models import Phase, Round
from tests import make

pytestmark = pytest.mark.django_db


def as_typed(round: Round) -> dict[str, str]:
    """The schedule as a person types it."""
    return (
        {"name": round.name, "slug": round.slug}
        | {name: f"{getattr(round, name):%Y-%m-%d %H:%M}" for name in make.MOMENTS}
        | {name: f"{getattr(round, name):%Y-%m-%d}" for name in make.DAYS}
    )


def test_a_new_schedule_is_kept_and_audited_from_what_to_what():
    round, coordinator = make.round(), make.program_coordinator()
    before = round.applications_close_at
    later = before + timedelta(days=1)

    actions.reschedule(round=round, by=coordinator, applications_close_at=later)

    round.refresh_from_db()
    event = Event.objects.about(round).get()
    assert round.applications_close_at == later
    assert (event.deed, event.actor, event.round_id) == ("round_rescheduled", coordinator, round.pk)
    assert event.before["applications_close_at"] == before.isoformat()
    assert event.after["applications_close_at"] == later.isoformat()


def test_a_schedule_out_of_order_is_refused_in_words():
    round = make.round()

    with pytest.raises(ValidationError, match="The schedule must be in order"):
        actions.reschedule(round=round, by=make.program_coordinator(), applications_close_at=round.announcement_at)


def test_the_schedule_of_a_released_round_stays():
    round = make.round(Phase.ANNOUNCED)

    with pytest.raises(Refused, match="its schedule stays"):
        actions.reschedule(round=round, by=make.program_coordinator(), name="Another name")


def test_a_coordinator_changes_the_schedule_by_its_form(client):
    round = make.round()
    client.force_login(make.program_coordinator())
    later = (round.applications_close_at + timedelta(days=1)).replace(second=0, microsecond=0)

    page = client.post(
        reverse("rounds:schedule", args=[round.slug]),
        as_typed(round) | {"applications_close_at": f"{later:%Y-%m-%d %H:%M}"},
    )

    round.refresh_from_db()
    assert page.status_code == 302
    assert round.applications_close_at == later


def test_a_schedule_out_of_order_comes_back_with_its_reason(client):
    round = make.round()
    client.force_login(make.program_coordinator())
    typed = as_typed(round) | {"announcement_at": f"{round.published_at:%Y-%m-%d %H:%M}"}

    page = client.post(reverse("rounds:schedule", args=[round.slug]), typed)

    assert page.status_code == 200
    assert "The schedule must be in order" in page.text


def test_a_community_takes_part_once_with_its_slots():
    round, community, coordinator = make.round(), make.community(), make.program_coordinator()

    participation = actions.take_part(round=round, community=community, slots=3, by=coordinator)
    with pytest.raises(Refused, match="already takes part"):
        actions.take_part(round=round, community=community, slots=1, by=coordinator)

    assert participation.slots.count() == 3
    assert Event.objects.about(participation).get().after == {"slots": 3}
