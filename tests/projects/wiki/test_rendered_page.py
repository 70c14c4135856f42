"""The text of a wiki page as a browser shows it, irregular as such pages are."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from projects.wiki import NotAnIdeasPage, WikiMentor, WikiPage, WikiPoint, read_page

PAGE = Path(__file__).with_name("pages") / "rendered.txt"


@pytest.fixture(scope="module")
def page() -> WikiPage:
    return read_page(PAGE.read_bytes())


def test_every_idea_is_found_in_the_order_of_the_page(page: WikiPage) -> None:
    titles = [idea.title for idea in page.ideas]

    assert titles == ["A lid that does not rattle", "Warm the pot first", "Count the leaves", "Read the leaves"]


def test_facts_are_read_from_their_labels(page: WikiPage) -> None:
    lid = page.ideas[0]

    assert (lid.inserted_on, lid.verified_on, lid.gsoc) == (date(2013, 2, 25), None, True)
    assert lid.difficulty == ("medium", "difficult")
    assert lid.skills == "C programming, patience"
    assert lid.missing == ("verified_on",)


def test_a_remark_behind_an_address_is_the_mentors(page: WikiPage) -> None:
    assert page.ideas[0].mentors == (
        WikiMentor("Ada Brew", "ada@example.org", "IMPORTANT also join the lids list, and the hinges list"),
    )


def test_paragraphs_stay_paragraphs_and_plain_words_stay_plain(page: WikiPage) -> None:
    assert page.ideas[0].description.split("\n\n") == [
        "The lid rattles at 95 degrees. See <http://example.org/rattle_log_> and the call lid_open(int \\*handle).",
        "A second paragraph says that &lt;steam> escapes & [1] explains why.",
        "Shared goals",
        "A third one follows a short line that is no heading, because labels come after it.",
    ]


def test_outcomes_on_the_lines_below_their_label_are_not_empty(page: WikiPage) -> None:
    assert page.ideas[0].outcomes == (
        "- A lid that stays quiet\n- A test of it, either by ear, or with a microphone, or both."
    )


def test_bullets_nest_by_their_indentation(page: WikiPage) -> None:
    assert page.ideas[0].steps == (
        "The work has these phases:\n\n"
        "- Phase 1: listen;\n    - at the kettle\n    - at the cup\n- Phase 2 [Optional]: record"
    )


def test_review_comments_are_points_and_answers_are_replies(page: WikiPage) -> None:
    at = datetime(2013, 2, 11, 10, 5, tzinfo=UTC)
    reply = WikiPoint("Ada", datetime(2013, 3, 13, tzinfo=UTC), "", "Thirty decibels.")

    assert page.ideas[0].points == (
        WikiPoint(
            "Cas",
            at,
            "",
            "What counts as quiet? In particular:\n\n- how loud is a rattle\n- who listens",
            (reply,),
        ),
        WikiPoint("Bea_M", at.replace(minute=7), "outcomes", 'In the "Outcomes" section, say which microphone.'),
    )
    assert page.ideas[0].doubtful == ("The comment signed “13 March 2013” has no time; 00:00 UTC was taken.",)


def test_a_template_that_the_wiki_did_not_render_is_an_idea_too(page: WikiPage) -> None:
    pot = page.ideas[1]

    assert (pot.anchor, pot.inserted_on, pot.gsoc) == ("warm-pot", date(2012, 3, 5), None)
    assert pot.mentors == (WikiMentor("Dée Kan", "dee@example.org"),)
    assert pot.description == "A cold pot cools the tea.\n\nIt should be warmed with vif-{a,b} water [1]."
    assert pot.steps == "Phases:\n\n- Phase 1: boil\n- Phase 2: pour"
    assert [point.body for point in pot.points] == ["Which pot?"]
    assert pot.doubtful == (
        "Inserted: “05/03/2012” can be read as 5 March 2012 or as 3 May 2012; the first was taken.",
    )


def test_empty_sections_are_missing_and_numbered_steps_keep_their_parts(page: WikiPage) -> None:
    leaves = page.ideas[2]

    assert leaves.steps == "1. Take a leaf\n2. Count it\n3. Repeat\n\nStretch goals:\n\n1. Count the dust"
    assert leaves.missing == ("outcomes", "references")
    assert leaves.verified_on == date(2013, 4, 30)
    assert leaves.mentors == (WikiMentor("Eli Leaf", "eli@example.org"), WikiMentor("Fay Cup", "fay@example.org"))


def test_what_belongs_to_no_idea_is_kept_word_for_word(page: WikiPage) -> None:
    text = PAGE.read_text().replace("\u00a0", " ")
    before, behind = page.unplaced

    assert before == text[: text.index("\n\n\nA lid")]
    assert behind == text[text.index("Useful Resources") :].rstrip("\n")
    assert page.ideas[3].references == "A book on shapes"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_byte_order_marks_change_nothing(page: WikiPage, end: str) -> None:
    text = PAGE.read_text().replace("\n", end)

    assert read_page(text.encode("utf-8-sig")) == page
    assert read_page(text.encode("utf-16")) == page


def test_a_short_line_after_empty_references_is_doubtful() -> None:
    page = read_page("Title\nDate of insert: 2013-01-23\nReferences:\n\nMore Ideas\n\nAre elsewhere.")

    assert page.unplaced == ("More Ideas\n\nAre elsewhere.",)
    assert page.ideas[0].doubtful == ("“More Ideas” was taken for a heading behind the idea, not for a part of it.",)


def test_an_idea_without_a_title_is_called_by_its_place() -> None:
    page = read_page("Date of insert: 2013-01-23\nReferences: a\nDate of insert: 2013-01-24\n")

    assert [(idea.title, idea.missing[0]) for idea in page.ideas] == [
        ("Untitled idea 1", "title"),
        ("Untitled idea 2", "title"),
    ]


def test_a_label_that_comes_twice_is_text() -> None:
    page = read_page("Title\nDate of insert: 2013-01-23\nSteps: a\nSteps: b")

    assert page.ideas[0].steps == "a\nSteps: b"
    assert page.ideas[0].doubtful == ("“Steps:” stands there twice; the second was read as text.",)


def test_two_ideas_of_one_title_are_doubtful() -> None:
    page = read_page("Tea\nDate of insert: 2013-01-23\n\nTea\nDate of insert: 2013-01-24")

    assert [idea.doubtful for idea in page.ideas] == [("Another idea on the page has the same title.",)] * 2


@pytest.mark.parametrize(
    "text", ["", "Once upon a time", "<html><b>Date of insert:</b></html>", "{{project}}", b"PK\x03\x04\xff"]
)
def test_anything_else_is_not_such_a_page(text: str | bytes) -> None:
    with pytest.raises(NotAnIdeasPage, match=r"\.$"):
        read_page(text)
