"""A new round begins with what the last one had: its distances and its questions."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.actions import plan_round
from applications.models import Question
from applications.questions import ask_default_questions
from opw.audit.models import Event
from opw.rounds.models import Phase, Round
from opw.rounds.schedules import begins_after, schedule_from
from tests import make
from tests.rounds.test_rescheduling import as_typed
from tests.together import browser_of, posting, together

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


def fields_of_next(after: Round | None, **typed: str) -> dict[str, str]:
    """The form of a new round as it is filled in, typed."""
    schedule = schedule_from(begins_after(after, timezone.now().date()), after)
    return as_typed(Round(name="Round 8", slug="round-8", **schedule)) | typed


def test_a_new_round_is_seen_whole_before_it_is_planned(client):
    last = make.round(Phase.FINISHED)
    client.force_login(make.program_coordinator())

    page = client.post(reverse("site:new_round"), fields_of_next(last))

    lines = page.context["lines"]
    assert [line.days for line in lines] == [0, 7, 30, 10, 15, 5, 7, 8, 90, 30]
    assert [line.is_moment for line in lines] == [True] * len(make.MOMENTS) + [False] * len(make.DAYS)
    assert lines[0].weekday == f"{lines[0].at:%A}"
    assert "It takes over from" in page.text
    assert Round.objects.get() == last


def test_the_preview_says_what_has_passed(client):
    client.force_login(make.program_coordinator())
    long_ago = {name: value.replace("20", "19", 1) for name, value in fields_of_next(None).items()}

    shown = client.post(reverse("site:new_round"), fields_of_next(None, published_at="2026-01-01 19:00"))
    refused = client.post(reverse("site:new_round"), long_ago)

    lines = shown.context["lines"]
    assert [line.has_passed for line in lines] == [True] + [False] * (len(lines) - 1)
    assert "Everybody sees it at once" in shown.text
    assert set(refused.context["form"].errors) == {*make.MOMENTS, *make.DAYS}


def test_what_was_seen_is_planned_when_it_is_confirmed(client):
    client.force_login(make.program_coordinator())

    page = client.post(reverse("site:new_round"), fields_of_next(None, confirm="yes"), follow=True)

    planned = Round.objects.get()
    assert page.redirect_chain == [(reverse("site:round", args=["round-8"]), 302)]
    assert as_typed(planned) == fields_of_next(None)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("slug", "new", "the portal's own"),
        ("slug", "Round 8", "letters, numbers, underscores or hyphens"),
        ("published_at", "soon", "Enter a valid date/time"),
        ("published_at", "0001-01-01 00:00", "between the years 2000 and 2100"),
        ("internship_ends_on", "9999-12-31", "between the years 2000 and 2100"),
        ("name", "", "required"),
        ("name", "R" * 61, "at most 60"),
    ],
)
def test_what_cannot_be_a_round_comes_back_beside_its_field_with_all_that_was_typed(client, field, typed, words):
    client.force_login(make.program_coordinator())

    page = client.post(reverse("site:new_round"), fields_of_next(None) | {field: typed, "confirm": "yes"})

    form = page.context["form"]
    assert words in " ".join(form.errors[field])
    assert (form[field].value(), form["announcement_at"].value()) == (typed, fields_of_next(None)["announcement_at"])
    assert "planned" not in page.context
    assert not Round.objects.exists()


def test_a_new_round_is_filled_in_after_the_last_ones_announcement(client):
    last = make.round(Phase.OPEN)
    client.force_login(make.program_coordinator())

    page = client.post(reverse("site:new_round"), fields_of_next(last))

    assert page.context["form"].errors == {}
    assert page.context["lines"][0].at > last.announcement_at


@pytest.mark.django_db(transaction=True)
def test_twenty_who_plan_the_same_round_at_once_plan_one():
    program, typed = make.program_coordinator(), fields_of_next(None, confirm="yes")

    pages = together(*(posting(browser_of(program), reverse("site:new_round"), typed) for _ in range(20)))

    assert [page.status_code for page in pages] == [200] * 20
    assert Event.objects.filter(deed="round_created").count() == 1


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
