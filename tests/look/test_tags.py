"""The tag library: time, states, difficulty, the line of time."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

from opw.accounts.models import User
from opw.templatetags import schedule
from tests.look.page import element, elements

NOW = datetime(2026, 10, 30, 12, 0, tzinfo=UTC)
CLOSES_AT = datetime(2026, 11, 11, 19, 0, tzinfo=UTC)


def render(source: str, user: User | None = None, **values: object) -> str:
    """The template's text for a reader whose request arrived at NOW."""
    request = RequestFactory().get("/projects/")
    vars(request).update(user=user or AnonymousUser(), received_at=NOW)
    return Template("{% load portal %}" + source).render(Context({"request": request, **values}))


def round_8(**changes: object) -> SimpleNamespace:
    """A round's dates around NOW."""
    dates = {
        "applications_open_at": datetime(2026, 10, 1, 19, tzinfo=UTC),
        "applications_close_at": CLOSES_AT,
        "contributions_close_at": CLOSES_AT + timedelta(days=3),
        "announcement_at": datetime(2026, 11, 25, 19, tzinfo=UTC),
        "internship_starts_on": date(2026, 12, 10),
        "internship_ends_on": date(2027, 3, 10),
        "released_at": None,
    }
    return SimpleNamespace(**(dates | changes))


def test_a_signed_in_reader_sees_the_moment_in_her_own_time() -> None:
    time = element(render("{% moment at %}", User(timezone="Europe/Berlin"), at=CLOSES_AT), "time")

    assert time.text == "November 11, 19:00 UTC (20:00 in Berlin)"
    assert time.attrs == {"datetime": "2026-11-11T19:00:00Z"}


def test_a_visitor_sees_utc_and_the_script_is_asked_for_the_rest() -> None:
    time = element(render("{% moment at %}", at=CLOSES_AT), "time")

    assert time.text == "November 11, 19:00 UTC"
    assert time.attrs == {"datetime": "2026-11-11T19:00:00Z", "data-local": None}


def test_a_deadline_says_the_time_left_when_the_request_arrived() -> None:
    html = render("<p>{% deadline at %}</p>", at=CLOSES_AT)

    assert element(html, "p").text == "November 11, 19:00 UTC, 12 days left"


@pytest.mark.parametrize("tag", ["moment", "deadline", "left", "day"])
def test_no_moment_is_no_words(tag: str) -> None:
    assert render("{% " + tag + " at %}", at=None) == ""


def test_a_badge_escapes_what_it_says() -> None:
    assert render("{% badge text 'warn' %}", text="<b>") == '<span class="badge warn">&lt;b&gt;</span>'
    assert render("{% badge text %}", text="") == ""


@pytest.mark.parametrize(
    ("lowest", "highest", "words", "dots"),
    [
        ("basic", "basic", "basic", [True, False, False]),
        ("basic", "medium", "basic to medium", [True, True, False]),
        ("medium", "difficult", "medium to difficult", [False, True, True]),
        ("basic", "difficult", "basic to difficult", [True, True, True]),
    ],
)
def test_difficulty_is_three_dots_and_the_words(lowest: str, highest: str, words: str, dots: list[bool]) -> None:
    html = render("{% level lowest highest %}", lowest=lowest, highest=highest)

    assert element(html, class_="level").text == words
    assert [dot.attrs.get("class") == "on" for dot in elements(html, "i")] == dots


def test_markdown_is_rendered_and_cannot_run() -> None:
    html = render("{{ text|markdown }}", text="*so* <script>alert(1)</script>")

    assert "<em>so</em>" in html
    assert not elements(html, "script")


def test_today_stands_between_what_is_past_and_what_is_ahead() -> None:
    line = schedule.points(round_8(), NOW)

    assert [(point.state, point.words) for point in line] == [
        ("past", "Applications open"),
        ("now", "Contribute and apply"),
        ("ahead", "Applications close"),
        ("ahead", "Contributions close"),
        ("ahead", "Interns announced"),
        ("ahead", "Internships begin"),
        ("ahead", "Internships end"),
    ]


def test_the_announcement_is_not_past_before_the_release_however_late() -> None:
    late = datetime(2026, 12, 20, tzinfo=UTC)

    waiting = schedule.points(round_8(), late)
    released = schedule.points(round_8(released_at=late), late)

    assert next(point.words for point in waiting if point.state == "ahead") == "Interns announced"
    assert [point.words for point in released if point.state == "ahead"] == ["Internships end"]


def test_two_deadlines_at_one_hour_are_one_point() -> None:
    line = schedule.points(round_8(contributions_close_at=CLOSES_AT), NOW)

    assert "Applications and contributions close" in [point.words for point in line]
    assert len(line) == 6


def test_a_finished_round_has_no_today() -> None:
    over = datetime(2027, 4, 1, tzinfo=UTC)

    assert {point.state for point in schedule.points(round_8(released_at=CLOSES_AT), over)} == {"past"}


def test_the_line_of_time_marks_today_for_everybody() -> None:
    html = render("{% timeline round %}", User(timezone="Europe/Berlin"), round=round_8())

    assert element(html, "li", aria_current="date").text == "Today, October 30 Contribute and apply"
    assert elements(html, "li")[2].text == "November 11 Applications close, 19:00 UTC (20:00 in Berlin)"


HOUR = datetime(2026, 11, 25, 19, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "released_at", "words"),
    [
        (HOUR, None, "Results on November 25, 19:00 UTC."),
        (NOW, None, "Results on October 30, 12:00 UTC."),  # the hour itself: beat is about to release them
        (
            NOW - timedelta(minutes=1),
            None,
            "Results were due on October 30, 11:59 UTC, and are late. Everybody hears of them at the same moment.",
        ),
        (HOUR, HOUR + timedelta(seconds=5), "Announced on November 25, 19:00 UTC."),
        (
            HOUR,
            HOUR + timedelta(minutes=42),
            "Announced on November 25, 19:42 UTC, 42 minutes after the hour that was set.",
        ),
    ],
)
def test_the_announcement_is_said_as_it_is(due_at, released_at, words) -> None:
    round = round_8(announcement_at=due_at, released_at=released_at)

    assert element(render("<p>{% announcement round %}</p>", round=round), "p").text == words


def test_the_line_of_time_says_that_results_are_late() -> None:
    due_at = NOW - timedelta(hours=1)
    round = round_8(
        applications_close_at=NOW - timedelta(days=9),
        contributions_close_at=NOW - timedelta(days=9),
        announcement_at=due_at,
    )

    now = next(point for point in schedule.points(round, NOW) if point.state == "now")

    assert now.words == "Results are late"
