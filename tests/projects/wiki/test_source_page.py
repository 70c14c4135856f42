"""The MediaWiki source of a page: templates, and markup within their fields."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from projects.wiki import WikiIdea, WikiMentor, WikiPage, WikiPoint, read_page

PAGE = Path(__file__).with_name("pages") / "source.wiki"


@pytest.fixture(scope="module")
def page() -> WikiPage:
    return read_page(PAGE.read_bytes())


def idea_with(**fields: str) -> WikiIdea:
    """The idea of a template with these fields."""
    source = "\n".join(f"|{name}={text}" for name, text in {"Project": "Tea", **fields}.items())
    return read_page(f"{{{{project\n{source}\n}}}}").ideas[0]


def test_every_template_is_an_idea_and_the_text_around_is_kept(page: WikiPage) -> None:
    assert [idea.title for idea in page.ideas] == ["Paint the garden shed", "Left open", "Mow the lawn"]
    assert page.unplaced == ("== Ideas ==\nWords of welcome.", "Words between.")


def test_facts_are_read_without_their_markup(page: WikiPage) -> None:
    shed = page.ideas[0]

    assert (shed.anchor, shed.inserted_on, shed.verified_on, shed.gsoc) == ("paint-shed", date(2013, 4, 3), None, False)
    assert shed.mentors == (WikiMentor("Al Bo", "al@example.org"), WikiMentor("Cy Dee", "cy@example.org"))
    assert shed.difficulty == ("basic", "difficult")


def test_markup_becomes_markdown(page: WikiPage) -> None:
    shed = page.ideas[0]

    assert shed.skills == "- *Brush* work\n- **Colour** theory (see the colour book)"
    assert shed.steps == "1. first\n    - part\n        more of the first\n2. second"
    assert shed.outcomes == "- one\n- two\n    1. deep"
    assert shed.description.split("\n\n") == [
        "A wall with [links](http://example.org/x_y) and xl_list -l.\nA line break",
        "a paragraph, a\\*b\\*c and &lt;b>.",
        "```\nmake *all*\n  ./run {{x}}\n```",
        "''as it is''",
        "| tool | colour |\n| --- | --- |\n| brush | red |",
        "### Inside",
        "Last words.",
    ]


def test_comments_of_a_review_are_found_however_they_are_signed(page: WikiPage) -> None:
    ivy, al, eve = (
        datetime(2013, 2, 11, 10, 5, tzinfo=UTC),
        datetime(2013, 2, 12, 11, 0, tzinfo=UTC),
        datetime(2013, 3, 1, 9, 0, tzinfo=UTC),
    )

    assert page.ideas[0].points == (
        WikiPoint("Ivy", ivy, "", "Which colour?\n\n- dark", (WikiPoint("Al", al, "", "Red."),)),
        WikiPoint("Eve", eve, "steps", "Steps: too few."),
    )


def test_what_is_left_out_or_uncertain_is_said(page: WikiPage) -> None:
    assert page.ideas[0].doubtful == (
        "“garden shed” is a link to the wiki's page “Shed”; only the words were taken.",
        "The template “code” is not known; its words were taken without it.",
        "A hidden comment was left out: “unseen words”.",
        "Inserted: “03/04/2013” can be read as 3 April 2013 or as 4 March 2013; the first was taken.",
    )


def test_a_template_left_open_ends_where_the_next_idea_begins(page: WikiPage) -> None:
    left_open = page.ideas[1]

    assert (left_open.description, left_open.steps) == ("This one was never closed", "do it")
    assert left_open.doubtful == (
        "The idea's template, or one within it, is left open; it may hold text from behind it.",
    )


def test_what_is_no_answer_is_kept_as_a_doubt(page: WikiPage) -> None:
    lawn = page.ideas[2]

    assert (lawn.mentors, lawn.gsoc, lawn.verified_on) == ((), None, date(2013, 6, 5))
    assert lawn.doubtful == (
        "Mentors: “TBD” is not a person.",
        "Verified: “05/06/2013” can be read as 5 June 2013 or as 6 May 2013; the first was taken.",
        "GSoC: “Maybe” is more than yes or no.",
    )


def test_an_inner_template_left_open_does_not_swallow_the_fields_behind_it() -> None:
    page = read_page("{{project\n|Project=Tea\n|Desc=a {{b\n|Steps=c\n}}\nBehind.")

    assert (page.ideas[0].description, page.ideas[0].steps) == ("a {{b", "c")
    assert page.unplaced == ("Behind.",)


def test_several_templates_in_several_styles_on_one_page() -> None:
    page = read_page(
        "{{GSoC Project|Project=A|Desc=a}} x\r\n{{ project |Project=B|Desc=b}}\n{{OPW_Project\n|Project=C|Desc=c\n}}"
    )

    assert [(idea.title, idea.description) for idea in page.ideas] == [("A", "a"), ("B", "b"), ("C", "c")]
    assert page.unplaced == (" x",)


def test_a_template_that_is_no_idea_does_not_end_the_one_around_it() -> None:
    page = read_page("Tea\nDate of insert: 2013-01-23\nDescription: as in\n{{project|pot}}\nand so on\nSteps: a")

    assert page.ideas[0].description == "as in\n{{project|pot}}\nand so on"
    assert page.unplaced == ()


def test_an_empty_form_is_no_idea() -> None:
    page = read_page("{{project|Project=A|Desc=a}}\n{{project\n|Project=\n|Desc=\n}}")

    assert [idea.title for idea in page.ideas] == ["A"]
    assert page.unplaced == ("{{project\n|Project=\n|Desc=\n}}",)


def test_the_heading_above_a_template_is_its_title_where_it_has_none() -> None:
    page = read_page("=== Pour ===\n{{project|Desc=a}}")

    assert page.ideas[0].title == "Pour"


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("see [[Kettle]]", "see Kettle"),
        ("see [[Kettle|the pot]]", "see the pot (Kettle)"),
        ("[[File:Pot.png|thumb|30px|A ''pot'']]", "A *pot*"),
        ("[http://example.org/a(b) label]", "[label](<http://example.org/a(b)>)"),
        ("[irc://example.org/tea chat]", "chat (irc://example.org/tea)"),
        ("{{Comment|a [[b]]}} c", "a b c"),
        ("a &amp;lt; b&nbsp;c", "a &amp;lt; b c"),
        ("a | b", "a | b"),
        ("''a''*b", "*a*\\*b"),
        ("<div>a</div>b", "a\n\nb"),
        ("* a\n\n* b", "- a\n- b"),
        ("# a\n\n# b", "1. a\n2. b"),
        ("{{{argument|x}}}", "{{{argument|x}}}"),
        ("{{unknown}}", "{{unknown}}"),
        ("a {{!}} b", "a | b"),
        ("<code>a`b</code>", "`` a`b ``"),
    ],
)
def test_wiki_markup_as_markdown(source: str, markdown: str) -> None:
    assert idea_with(Desc=source).description == markdown


def test_a_field_that_is_not_known_stays_in_the_text_before_it() -> None:
    idea = idea_with(Desc="a", Mood="b")

    assert idea.description == "a\n|Mood=b"
    assert idea.doubtful == ("“Mood” is no field that is known here; it stays in the text that it stands in.",)


@pytest.mark.parametrize(
    "source",
    [
        "<section begin=tea />{{{{GSoC Project|Project=Tea|Desc={desc}}}}}<section end=tea />",
        "<noinclude>\n</noinclude><onlyinclude>{{{{OPW project idea\n| Project = Tea\n| Desc = {desc}\n}}}}",
        "\ufeff{{{{project\r\n|Project=Tea\r\n|Desc={desc}\r\n}}}}\r\n",
        "{{{{GSoC_Project|Project=Tea|Desc={desc}}}}}",
    ],
    ids=["section", "include", "windows", "underscore"],
)
def test_an_idea_is_found_in_every_dress(source: str) -> None:
    page = read_page(source.format(desc="Boil <section begin=a/>the<section end=a/> {{nowrap|water [[Kettle|now]]}}."))

    assert [(idea.title, idea.description) for idea in page.ideas] == [("Tea", "Boil the water now (Kettle).")]
