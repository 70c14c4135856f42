"""A round's schedule is its program coordinator's to change, until the results are out."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from applications.models import Application
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
        reverse("coordinate:schedule", args=[round.slug]),
        as_typed(round) | {"applications_close_at": f"{later:%Y-%m-%d %H:%M}", "confirm": "yes"},
    )

    round.refresh_from_db()
    assert page.status_code == 302
    assert round.applications_close_at == later


def test_a_rounds_address_stays(client):
    round = make.round()
    address = round.get_absolute_url()
    client.force_login(make.program_coordinator())

    client.post(
        reverse("coordinate:schedule", args=[round.slug]),
        as_typed(round) | {"name": "Round VII", "slug": "another", "confirm": "yes"},
    )

    round.refresh_from_db()
    assert (round.name, round.get_absolute_url()) == ("Round VII", address)


def test_a_schedule_out_of_order_comes_back_with_its_reason(client):
    round = make.round()
    client.force_login(make.program_coordinator())
    typed = as_typed(round) | {"announcement_at": f"{round.published_at:%Y-%m-%d %H:%M}"}

    page = client.post(reverse("coordinate:schedule", args=[round.slug]), typed)

    assert page.status_code == 200
    assert "The schedule must be in order" in page.text


def test_a_community_takes_part_once_with_its_slots():
    round, community, coordinator = make.round(), make.community(), make.program_coordinator()

    participation = actions.take_part(round=round, community=community, slots=3, by=coordinator)
    with pytest.raises(Refused, match="already takes part"):
        actions.take_part(round=round, community=community, slots=1, by=coordinator)

    assert participation.slots.count() == 3
    assert Event.objects.about(participation).get().after == {"slots": 3}


def previewed(client, round: Round, **moved: datetime):
    """The page that says what a schedule moves, not confirmed yet."""
    client.force_login(make.program_coordinator())
    typed = as_typed(round) | {name: f"{at:%Y-%m-%d %H:%M:%S.%f}" for name, at in moved.items()}
    return client.post(reverse("coordinate:schedule", args=[round.slug]), typed)


def whole_minutes() -> Round:
    """An open round whose schedule has no seconds, as people type it."""
    return make.round(**make.schedule(Phase.OPEN, now=timezone.now().replace(second=0, microsecond=0)))


def test_nothing_is_saved_before_what_it_moves_is_seen_and_confirmed(client):
    round = whole_minutes()
    before = round.applications_close_at

    page = previewed(client, round, applications_close_at=before + timedelta(days=1))

    round.refresh_from_db()
    assert [(change.name, change.before, change.after) for change in page.context["changes"]] == [
        ("applications_close_at", before, before + timedelta(days=1))
    ]
    assert round.applications_close_at == before
    assert not Event.objects.exists()


def test_what_is_confirmed_is_what_was_shown(client):
    round = whole_minutes()
    later = round.applications_close_at + timedelta(days=1)
    shown = previewed(client, round, applications_close_at=later)

    typed = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown.text))
    client.post(reverse("coordinate:schedule", args=[round.slug]), typed | {"confirm": "yes"})

    round.refresh_from_db()
    assert round.applications_close_at == later


def test_a_schedule_that_is_the_same_moves_nothing(client):
    page = previewed(client, whole_minutes())

    assert page.context["changes"] == []
    assert "No day or hour is another one" in page.text


def test_extensions_that_a_schedule_makes_useless_or_cuts_short_are_named(client):
    round = whole_minutes()
    day = timedelta(days=1)
    close, selection = round.applications_close_at, round.selection_closes_at
    useless = make.extension(round, until_at=close + day, person=make.user("Ada"))
    make.extension(round, until_at=close + 3 * day)
    cut = make.extension(round, until_at=selection, community=make.community("Tide"))

    page = previewed(client, round, applications_close_at=close + 2 * day, selection_closes_at=selection - day)

    assert (page.context["without_effect"], page.context["cut_short"]) == ([useless], [cut])
    assert "<bdi>Ada</bdi>" in page.text


def test_what_becomes_late_is_counted(client):
    participation = make.participation(whole_minutes())
    listing, round = make.listing(participation), participation.round
    make.application(listing, status=Application.Status.DRAFT, contributed=False)
    for _ in range(2):
        make.application(listing, submitted_at=round.applications_open_at)
    now = timezone.now()
    make.application(listing, submitted_at=now)

    page = previewed(client, round, applications_close_at=now - timedelta(minutes=5))

    counted = re.findall(r"<strong>(\d+)</strong> ([^<]+)", page.text)
    assert counted == [
        ("4", "applicants&#x27; pages and calendars show the new deadline."),
        ("1", "submitted applications would be late; they stay submitted."),
        ("1", "drafts could not be submitted any more."),
    ]


def test_free_hours_are_summed_up_anew_when_the_internship_has_other_days(client):
    round = whole_minutes()
    starts_on, ends_on = round.internship_starts_on, round.internship_ends_on
    job = {
        "kind": "job",
        "what": "A job",
        "from": f"{starts_on}",
        "until": f"{starts_on + timedelta(days=6)}",
        "hours": 60,
    }
    busy = make.initial_application(round=round, answers={"commitments": [job]}, free_hours=1)
    purged = make.initial_application(round=round, answers={}, free_hours=None)
    typed = as_typed(round) | {"internship_starts_on": f"{starts_on + timedelta(days=7)}"}
    client.force_login(make.program_coordinator())

    client.post(reverse("coordinate:schedule", args=[round.slug]), typed | {"confirm": "yes"})

    busy.refresh_from_db()
    purged.refresh_from_db()
    assert starts_on + timedelta(days=14) < ends_on
    assert (busy.free_hours, purged.free_hours) == (40, None)
