"""The audit trail is written with each deed, and never changed."""

import pytest
from django.db import DatabaseError, transaction

from opw.audit.models import Event, record
from opw.errors import Refused
from tests import make

pytestmark = pytest.mark.django_db


def test_an_event_says_who_did_what_on_what_from_what_to_what():
    person, round = make.user(), make.round()

    event = record("round_renamed", round, by=person, round=round, before={"name": "A"}, after={"name": "B"})

    event.refresh_from_db()
    assert (event.deed, event.actor, event.round_id) == ("round_renamed", person, round.pk)
    assert (event.subject_type.model_class(), event.subject_id) == (type(round), round.pk)
    assert (event.before, event.after) == ({"name": "A"}, {"name": "B"})


def test_the_portals_own_deeds_have_no_actor():
    event = record("round_released", make.round(), by=None)

    assert Event.objects.get(pk=event.pk).actor is None


@pytest.mark.parametrize(
    "change",
    [
        lambda event: event.delete(),
        lambda event: event.save(),
        lambda event: Event.objects.update(deed="another"),
        lambda event: Event.objects.all().delete(),
        lambda event: Event.objects.filter(pk=event.pk).update(at=event.at),
    ],
    ids=["delete", "save", "update all", "delete all", "update to the same"],
)
def test_an_event_is_never_changed_or_deleted(change):
    event = record("round_renamed", make.round(), by=None)

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        change(event)

    assert Event.objects.get() == event


def test_an_event_of_a_deed_that_failed_is_not_kept():
    round = make.round()

    def fail() -> None:
        with transaction.atomic():
            record("round_renamed", round, by=None)
            raise Refused("Not after all.")

    with pytest.raises(Refused):
        fail()

    assert not Event.objects.exists()


def test_events_are_found_by_what_they_are_about():
    first, second = make.user(), make.user()
    record("profile_edited", second, by=second)

    event = record("profile_edited", first, by=first)

    assert list(Event.objects.about(first)) == [event]
