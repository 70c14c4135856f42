"""Slots: added, taken away while they are free, moved from one community to another."""

import pytest
from django.urls import reverse

from applications.models import Application
from mentors import actions
from mentors.actions.slots import MOST
from mentors.models import Seal, Selection
from mentors.views.slots import FREE_SLOTS_A_PAGE
from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds.models import Participation, Phase, Slot
from tests import make, scenarios

pytestmark = pytest.mark.django_db


def two_communities(*, slots: int = 1) -> tuple[Participation, Participation]:
    """Two of one round in selection, the first with so many slots, the other with none."""
    first = make.participation(phase=Phase.SELECTION, slots=slots)
    return first, make.participation(first.round, slots=0)


def test_a_slot_is_added_with_its_sponsor():
    participation = make.participation(slots=1)
    coordinator = make.program_coordinator()

    slot = actions.add_slot(participation=participation, by=coordinator, sponsor="A sponsor")

    event = Event.objects.about(slot).get()
    assert participation.slots.count() == 2
    assert slot.sponsor == "A sponsor"
    assert (event.deed, event.actor, event.round_id) == ("slot_added", coordinator, participation.round.pk)
    assert event.after == {"participation": participation.pk}


def test_a_community_has_at_most_a_hundred_slots():
    first, other = two_communities(slots=MOST)
    spare = Slot.objects.create(participation=other)
    coordinator = make.program_coordinator()

    with pytest.raises(Refused, match="100 slots"):
        actions.add_slot(participation=first, by=coordinator)
    with pytest.raises(Refused, match="100 slots"):
        actions.move_slot(slot=spare, to=first, by=coordinator)

    assert first.slots.count() == MOST


def test_a_free_slot_is_taken_away():
    participation = make.participation(slots=1)
    slot = participation.slots.get()

    actions.remove_slot(slot=slot, by=make.program_coordinator())

    event = Event.objects.get(deed="slot_removed")
    assert not Slot.objects.exists()
    assert (event.subject_id, event.before) == (slot.pk, {"participation": participation.pk})


def test_a_free_slot_moves_to_another_community():
    first, other = two_communities()
    slot = first.slots.get()
    coordinator = make.program_coordinator()

    actions.move_slot(slot=slot, to=other, by=coordinator)

    event = Event.objects.get(deed="slot_moved")
    assert (first.slots.count(), other.slots.get()) == (0, slot)
    assert (event.actor, event.before, event.after) == (
        coordinator, {"participation": first.pk}, {"participation": other.pk}
    )  # fmt: skip


def test_a_slot_that_somebody_has_stays():
    first, other = two_communities()
    selection = make.selection(first, confirmed=True)

    with pytest.raises(Refused, match="Somebody has this slot"):
        actions.move_slot(slot=first.slots.get(), to=other, by=make.program_coordinator())
    with pytest.raises(Refused, match="Somebody has this slot"):
        actions.remove_slot(slot=first.slots.get(), by=make.program_coordinator())

    assert first.slots.get() == selection.slot


@pytest.mark.parametrize("deed", ["move", "remove"])
def test_the_slot_of_who_withdrew_is_free(deed):
    first, other = two_communities()
    selection = make.selection(first, confirmed=True)
    Application.objects.filter(pk=selection.application_id).update(
        status=Application.Status.WITHDRAWN, withdrawn_at=selection.proposed_at
    )
    slot = first.slots.get()

    if deed == "move":
        actions.move_slot(slot=slot, to=other, by=make.program_coordinator())
    else:
        actions.remove_slot(slot=slot, by=make.program_coordinator())

    assert first.slots.count() == 0
    assert Selection.objects.get().slot is None


def test_a_slot_moves_once_and_within_its_round():
    first, other = two_communities()
    third = make.participation(first.round, slots=0)
    earlier = make.earlier(first)
    slot, again = first.slots.get(), first.slots.get()
    coordinator = make.program_coordinator()

    for nowhere in (first, earlier):
        with pytest.raises(Refused, match="another community of the same round"):
            actions.move_slot(slot=slot, to=nowhere, by=coordinator)
    actions.move_slot(slot=slot, to=other, by=coordinator)
    with pytest.raises(Refused, match="just been moved"):
        actions.move_slot(slot=again, to=third, by=coordinator)

    assert other.slots.get() == again


def test_slots_stay_as_they_are_after_the_release():
    first, other = two_communities()
    scenarios.put_into(first.round, Phase.ANNOUNCED)
    slot, coordinator = first.slots.get(), make.program_coordinator()

    for deed in (
        lambda: actions.add_slot(participation=first, by=coordinator),
        lambda: actions.remove_slot(slot=slot, by=coordinator),
        lambda: actions.move_slot(slot=slot, to=other, by=coordinator),
    ):
        with pytest.raises(Refused, match="results of this round are out"):
            deed()


@pytest.mark.parametrize("deed", ["remove", "move"])
def test_a_slot_less_breaks_the_seal_and_one_more_does_not(deed):
    decided = scenarios.selected_not_selected_and_waiting()
    spare = decided.participation.slots.create()
    other = make.participation(decided.round)
    scenarios.seal(decided.round)

    actions.add_slot(participation=other, by=decided.program_coordinator)
    stood = Seal.objects.stands_on(decided.round)
    if deed == "move":
        actions.move_slot(slot=spare, to=other, by=decided.program_coordinator)
    else:
        actions.remove_slot(slot=spare, by=decided.program_coordinator)

    assert (stood, Seal.objects.stands_on(decided.round)) == (True, False)


def test_a_program_coordinator_runs_the_slots_by_forms(client):
    first, other = two_communities()
    taken = make.selection(make.participation(first.round, slots=1), confirmed=True)
    slot = first.slots.get()
    client.force_login(make.program_coordinator())

    page = client.get(reverse("mentors:slots", args=[first.round.slug]))
    unsaid = client.post(reverse("mentors:move_slot", args=[slot.pk]), {}, follow=True)
    moved = client.post(reverse("mentors:move_slot", args=[slot.pk]), {"to": other.pk}, follow=True)
    client.post(reverse("mentors:add_slot", args=[first.pk]), {"sponsor": "A sponsor"})
    client.post(reverse("mentors:remove_slot", args=[slot.pk]))

    shown = {one: (len(one.funded), len(one.free)) for one in page.context["participations"]}
    assert shown == {first: (1, 1), other: (0, 0), taken.application.listing.participation: (1, 0)}
    assert taken.application.applicant.name in page.text
    assert "Say where to." in unsaid.text
    assert f"A slot of {first.community} has moved." in moved.text
    assert (first.slots.get().sponsor, other.slots.count()) == ("A sponsor", 0)


def test_whom_one_stepped_back_from_is_not_named_among_the_slots(client):
    selection = make.selection(make.participation(phase=Phase.SELECTION), confirmed=True)
    coordinator = make.program_coordinator()
    make.recusal(coordinator, selection.application.applicant)
    client.force_login(coordinator)

    page = client.get(reverse("mentors:slots", args=[selection.round.slug]))

    [participation] = page.context["participations"]
    assert selection.application.applicant.name not in page.text
    assert [(slot.is_taken, slot.selection) for slot in participation.funded] == [(True, None)]


def test_free_slots_come_in_pages(client):
    participation, _ = two_communities(slots=FREE_SLOTS_A_PAGE + 1)
    address = reverse("mentors:slots", args=[participation.round.slug])
    client.force_login(make.program_coordinator())

    first, second = client.get(address), client.get(f"{address}?page=2")

    assert [page.text.count("Move the slot") for page in (first, second)] == [FREE_SLOTS_A_PAGE, 1]
    assert 'rel="next" href="?page=2#free"' in first.text
