"""A new round begins with what the last one had: its distances and its questions."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from applications.actions import plan_round
from applications.models import Question
from applications.questions import ask_default_questions
from opw.audit.models import Event
from opw.rounds.models import Phase, Round
from opw.rounds.schedules import schedule_from
from tests import make
from tests.rounds.test_rescheduling import as_typed

pytestmark = pytest.mark.django_db

ON = date(2027, 3, 1)


def test_the_first_round_has_its_deadlines_at_the_programs_hour():
    schedule = schedule_from(ON, None)

    hours = {moment.timetz() for moment in schedule.values() if isinstance(moment, datetime)}
    assert hours == {time(19, tzinfo=UTC)}


def test_the_first_schedule_is_one_the_database_takes():
    schedule: dict[str, Any] = {**schedule_from(ON, None)}

    round = make.round(**schedule)

    assert round.announcement_at > round.published_at


def test_a_new_round_copies_the_last_ones_distances_and_hours():
    last = make.round(Phase.FINISHED, seal_needs_approval=True)

    schedule = schedule_from(ON, last)

    shift = ON - last.published_at.astimezone(UTC).date()
    moments_and_days = {name: getattr(last, name) + shift for name in [*make.MOMENTS, *make.DAYS]}
    assert schedule == moments_and_days | {"seal_needs_approval": True}


def test_a_new_round_asks_the_last_ones_questions():
    last = make.round(Phase.FINISHED)
    Question.objects.filter(round=last, key="why").update(label="Why on earth?", words_at_most=10)
    Question.objects.filter(round=last, key="background").update(label="What do you bring to it?", words_at_most=400)
    Question.objects.filter(round=last, key="plan").delete()

    new = make.round()

    asked = new.questions.filter(form=Question.Form.APPLICATION)
    assert list(asked.values_list("key", "label", "words_at_most")) == [
        ("why", "Why on earth?", 10),
        ("background", "What do you bring to it?", 400),
    ]
    assert last.questions.count() == new.questions.count()


def test_the_first_round_asks_the_portals_own_questions():
    round = make.round()

    assert set(round.questions.filter(form="initial").values_list("key", flat=True)) == set(make.INITIAL_ANSWERS)
    assert set(round.questions.filter(form="application").values_list("key", flat=True)) == set(make.ANSWERS)


def test_questions_are_copied_from_the_newest_round_before():
    older = make.round(Phase.FINISHED)
    newer = make.round(**make.schedule(Phase.OPEN, now=older.announcement_at + timedelta(days=30)))
    Question.objects.filter(round=newer, key="why").update(label="Of the newer one")
    round = make.round()
    round.questions.all().delete()

    ask_default_questions(round)

    assert round.questions.get(key="why").label == "Of the newer one"


def test_planning_a_round_is_audited():
    coordinator = make.program_coordinator()
    filled_in = Round(name="Round 8", slug="round-8", **schedule_from(ON, None))

    planned = plan_round(round=filled_in, by=coordinator)

    event = Event.objects.about(planned).get()
    assert (event.deed, event.actor) == ("round_created", coordinator)
    assert event.after["announcement_at"] == planned.announcement_at.isoformat()
    assert planned.questions.exists()


def test_a_round_between_others_dates_comes_back_with_its_reason(client):
    last = make.round()
    client.force_login(make.program_coordinator())

    page = client.post(reverse("site:new_round"), as_typed(last) | {"name": "Round 8", "slug": "round-8"})

    assert page.status_code == 200
    assert "Another round runs between these dates." in page.text
    assert Round.objects.get() == last


def test_a_new_rounds_form_is_filled_in_from_the_last_one(client):
    last = make.round(Phase.FINISHED)
    client.force_login(make.program_coordinator())

    form = client.get(reverse("site:new_round")).context["form"]

    span = form.initial["announcement_at"] - form.initial["published_at"]
    assert span == last.announcement_at - last.published_at
