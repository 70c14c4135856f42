"""The short fields: days, difficulty, mentors, in all the ways people write them."""

from datetime import UTC, date, datetime

import pytest

from projects.wiki import WikiMentor, WikiPoint
from projects.wiki.days import read_day
from projects.wiki.facts import read_difficulty, read_yes_or_no
from projects.wiki.lines import line_of
from projects.wiki.mentors import read_mentors
from projects.wiki.page import Difficulty
from projects.wiki.review import read_review


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/22/2013", date(2013, 1, 22)),
        ("12/12/2012", date(2012, 12, 12)),
        ("16/01/2013", date(2013, 1, 16)),
        ("16.01.2013", date(2013, 1, 16)),
        ("2013-01-23", date(2013, 1, 23)),
        ("01/22/13", date(2013, 1, 22)),
        ("13 March 2013", date(2013, 3, 13)),
        ("13th of March 2013", date(2013, 3, 13)),
        ("March 13, 2013", date(2013, 3, 13)),
        ("13-Mar-2013", date(2013, 3, 13)),
        ("Not specified, date when created", None),
        ("", None),
        ("n/a", None),
    ],
)
def test_a_day_in_any_style_is_read_without_a_doubt(text: str, day: date | None) -> None:
    doubts: list[str] = []

    assert read_day(text, "Inserted", doubts.append) == day
    assert doubts == []


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        (
            "03/04/2013",
            date(2013, 4, 3),
            "“03/04/2013” can be read as 3 April 2013 or as 4 March 2013; the first was taken.",
        ),
        (
            "15/11/12",
            date(2012, 11, 15),
            "“15/11/12” can be read as 15 November 2012 or as 12 November 2015; the first was taken.",
        ),
        ("2013-01-23 (again)", date(2013, 1, 23), "only the date was taken from “2013-01-23 (again)”."),
        ("31/02/2013", None, "“31/02/2013” is not a date."),
        ("last spring", None, "“last spring” is not a date."),
        ("0/0/0", None, "“0/0/0” is not a date."),
    ],
)
def test_a_day_that_is_not_certain_is_doubtful(text: str, day: date | None, doubt: str) -> None:
    doubts: list[str] = []

    assert read_day(text, "Inserted", doubts.append) == day
    assert doubts == [f"Inserted: {doubt}"]


@pytest.mark.parametrize(
    ("text", "difficulty"),
    [
        ("Medium", ("medium", "medium")),
        ("Basic to Medium", ("basic", "medium")),
        ("Medium to difficult", ("medium", "difficult")),
        ("hard / easy", ("basic", "difficult")),
        ("", None),
    ],
)
def test_a_difficulty_is_a_range(text: str, difficulty: Difficulty | None) -> None:
    doubts: list[str] = []

    assert read_difficulty(text, doubts.append) == difficulty
    assert doubts == []


def test_more_than_a_level_is_doubtful() -> None:
    doubts: list[str] = []

    assert read_difficulty("Easy once understood", doubts.append) == ("basic", "basic")
    assert read_difficulty("It depends", doubts.append) is None
    assert read_yes_or_no("Yes, in 2014", "GSoC", doubts.append) is True
    assert doubts == [
        "Difficulty: only the level was taken from “Easy once understood”.",
        "Difficulty: “It depends” names no level.",
        "GSoC: “Yes, in 2014” is more than yes or no.",
    ]


ADA, BEN = WikiMentor("Ada Brew", "ada@example.org"), WikiMentor("Ben Leaf", "ben@example.org")


@pytest.mark.parametrize(
    ("text", "mentors"),
    [
        ("Ada Brew <ada@example.org>", (ADA,)),
        ("Ada Brew <ada@example.org>, Ben Leaf <ben@example.org>", (ADA, BEN)),
        ("Ada Brew <ada@example.org> and Ben Leaf (ben@example.org)", (ADA, BEN)),
        ("Ada Brew <ada@example.org>; Ben Leaf <ben@example.org>", (ADA, BEN)),
        ("Ada Brew <ada@example.org>\nBen Leaf\n<ben@example.org>", (ADA, BEN)),
        ("Ada Brew <ada@example.org> Ben Leaf <ben@example.org>", (ADA, BEN)),
        ("Ada Brew, ada@example.org", (ADA,)),
        ("Ada Brew <ada at example dot org>", (ADA,)),
        ("Ada Brew (ada [at] example.org)", (ADA,)),
        (
            "Ada Brew <ada@example.org> - IMPORTANT also join a, b and Lids, Ben Leaf <ben@example.org>",
            (WikiMentor("Ada Brew", "ada@example.org", "IMPORTANT also join a, b and Lids"), BEN),
        ),
        ("Ada Brew and Émile van Dyck", (WikiMentor("Ada Brew"), WikiMentor("Émile van Dyck"))),
        ("Ada Brew (kernel), Ben Leaf", (WikiMentor("Ada Brew", "", "kernel"), WikiMentor("Ben Leaf"))),
        ("Ada Brew, who knows lids", (WikiMentor("Ada Brew", "", "who knows lids"),)),
        ("ada", (WikiMentor("ada"),)),
        ("", ()),
    ],
)
def test_mentors_are_told_apart(text: str, mentors: tuple[WikiMentor, ...]) -> None:
    doubts: list[str] = []

    assert read_mentors(text, doubts.append) == mentors
    assert doubts == []


@pytest.mark.parametrize("text", ["TBD", "ask on the list", "Ada works at example.org"])
def test_what_is_no_person_is_a_doubt(text: str) -> None:
    doubts: list[str] = []

    assert read_mentors(text, doubts.append) == ()
    assert doubts == [f"Mentors: “{text}” is not a person."]


AT = datetime(2013, 2, 11, 10, 5, tzinfo=UTC)
SIGNED = "10:05, 11 February 2013 (UTC)"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (f"Ada {SIGNED}: Hm.", [WikiPoint("Ada", AT, "", "Hm.")]),
        (f"Ada Brew (talk) {SIGNED}:\nHm.", [WikiPoint("Ada Brew", AT, "", "Hm.")]),
        (f"• Hm.\n  Yes. --Ada {SIGNED}", [WikiPoint("Ada", AT, "", "Hm.\nYes.")]),
        (f"• Hm. Ada (talk) {SIGNED}", [WikiPoint("Ada", AT, "", "Hm.")]),
        (f"Ada {SIGNED}: a\n    Ben {SIGNED}: b", [WikiPoint("Ada", AT, "", "a", (WikiPoint("Ben", AT, "", "b"),))]),
        (f"• Ada {SIGNED}: a\n  more\n\n  • b", [WikiPoint("Ada", AT, "", "a\nmore\n\n- b")]),
        (
            f"• Ada {SIGNED}: a\n• Ben {SIGNED} (Replying to Ada): b\n• Ada {SIGNED} (in reply to Ben): c",
            [WikiPoint("Ada", AT, "", "a", (WikiPoint("Ben", AT, "", "b"), WikiPoint("Ada", AT, "", "c")))],
        ),
        (f"• Ada {SIGNED}: The steps section is thin.", [WikiPoint("Ada", AT, "steps", "The steps section is thin.")]),
        (
            f"• Ada {SIGNED}: The steps section repeats the skills section.",
            [WikiPoint("Ada", AT, "", "The steps section repeats the skills section.")],
        ),
        ("(delete as addressed)", []),
    ],
)
def test_comments_of_a_review(text: str, points: list[WikiPoint]) -> None:
    doubts: list[str] = []

    assert list(read_review([line_of(line) for line in text.split("\n")], doubts.append)) == points
    assert doubts == []


@pytest.mark.parametrize(
    ("text", "point", "doubt"),
    [
        ("• Hm.", WikiPoint("", None, "", "Hm."), "A comment is not signed: “Hm.”."),
        (
            "• Released on 11 February 2013: not a signature.",
            WikiPoint("", None, "", "Released on 11 February 2013: not a signature."),
            "A comment is not signed: “Released on 11 February 2013: not a signature.”.",
        ),
        (
            f"• Ada {SIGNED} (Replying to Ben): a",
            WikiPoint("Ada", AT, "", "(Replying to Ben) a"),
            "Ada replies to Ben, of whom no earlier comment was found.",
        ),
        (
            "• Ada 10:05, 11 February 2013 (CET): a",
            WikiPoint("Ada", AT, "", "a"),
            "The time of the comment signed “10:05 11 February 2013 CET” was taken to be in UTC.",
        ),
    ],
)
def test_comments_that_are_not_certain_are_doubtful(text: str, point: WikiPoint, doubt: str) -> None:
    doubts: list[str] = []

    assert read_review([line_of(line) for line in text.split("\n")], doubts.append) == (point,)
    assert doubts == [doubt]
