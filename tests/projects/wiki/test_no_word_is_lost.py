"""Whatever a page holds, it is read or refused, and its words are all there afterwards."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.wiki import NotAnIdeasPage, read_page
from projects.wiki.clean import clean_text
from projects.wiki.escaping import escape
from projects.wiki.lines import line_of, to_markdown
from tests.projects.wiki.words import shown, texts, words

MARKUP = [
    *"*_`<>#+-.=[]()|\\!~&;:/{}'\" ", "\n", "\n\n", "\n  • ", "\n    • ", "\n1. ", "  - ", "    ", "***", "```",
    "&amp;", "&#", "</p>", "[a]: b", "http://example.org/", "a_b", "{{", "}}", "[[", "]]", "{|", "|}", "|-",
    "\n* ", "\n# ", "\n: ", "''", "'''", "<br>", "<b>", "</b>", "<pre>", "</pre>", "<nowiki>", "<!--", "-->",
    "<ul><li>", "\n== ", " ==\n", "{{Comment|", "\u00a0", "\u200f", "\x00", "\r\n", "\ufeff", "🫖",
]  # fmt: skip
WORDS = st.from_regex(r"[a-z]{3,9}", fullmatch=True)
TANGLE = st.lists(st.sampled_from(MARKUP) | WORDS | st.text(max_size=5), max_size=30).map("".join)
LABELS = ["Date of insert:", "Mentor:", "Difficulty:", "Skills Needed:", "Description:", "Steps:", "References:"]
PLACES = [
    "Project",
    "Date",
    "Verified",
    "GSoC",
    "Contact",
    "Difficulty",
    "Skills",
    "Desc",
    "Outcomes",
    "Steps",
    "Review",
]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(TANGLE)
def test_plain_text_shows_as_it_was_written(text: str) -> None:
    lines = [line_of(escape(line)) for line in clean_text(text).split("\n")]

    seen = shown(to_markdown(lines))

    def not_numbers(text: str) -> list[str]:  # the browser counts the items of a list
        return [word for word in words(text) if not word.isdigit()]

    assert not_numbers(seen) == not_numbers(clean_text(text))


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(st.sampled_from([f"\n{label} " for label in LABELS] + ["\n{{project|Desc=", "|Steps="]) | TANGLE))
def test_any_text_is_read_or_refused(pieces: list[str]) -> None:
    text = "".join(pieces)

    try:
        read_page(text)
    except NotAnIdeasPage:
        assert "Date of insert" not in text


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.tuples(st.sampled_from(LABELS), TANGLE), min_size=1))
def test_every_word_of_a_rendered_page_is_in_the_page(sections: list[tuple[str, str]]) -> None:
    page = read_page("Title\nDate of insert: 2013-01-23\n" + "\n".join(f"{label} {text}" for label, text in sections))

    found = {word for text in texts(page) for word in words(text)}
    for _, text in sections:
        assert {word for word in words(clean_text(text)) if re.fullmatch("[a-z]{3,9}", word)} <= found


# Markup around words: what it means may change, the words within may not.
FRAMES = [
    "''{}''", "'''{}'''", "[[{}]]", "[[x|{}]]", "[http://example.org {}]", "<code>{}</code>", "<div>{}</div>", "<br>{}",
    "\n* {}\n", "\n# {}\n", "\n** {}\n", "\n: {}\n", "\n; {}\n", "{{{{Comment|{}}}}}", "{{{{x|y={}}}}}", "\n== {} ==\n",
    "<ref>{}</ref>", "\n{{|\n|-\n| {}\n|}}\n", "<nowiki>{}</nowiki>", "<ul><li>{}</li></ul>", "\n<pre>{}</pre>\n",
    "<!-- {} -->", "({})", "<{}", "{{{{ {}", "[[{}", "{}_", "*{}", "<b>{}", "{}: ", "{} - ",
    "<section begin=x />{}<section end=x />", "<blockquote>{}</blockquote>", "<noinclude>{}</noinclude>", "&nbsp;{}",
    "[[File:x.png|thumb|{}]]", "[[Category:{}]]", "[[:{}]]", "<source lang=c>{}</source>", "<span class='x'>{}</span>",
    "{{{{!}}}} {}", "\n----\n{}", "\n {}\n", "__TOC__ {}", "<gallery>\n{}\n</gallery>", "{{{{x|{{{{y|{}}}}}}}}}",
    "[[a|''{}'']]", "\n{{|\n! {}\n|-\n| {{{{x|y}}}}\n|}}\n", "<math>{}</math>", "~~~~ {}", "#REDIRECT [[{}]]",
]  # fmt: skip
OF_FRAMES = {word for frame in FRAMES for word in words(frame)}
WRAPPED = st.recursive(
    WORDS,
    lambda inner: (
        st.builds(str.format, st.sampled_from(FRAMES), inner) | st.lists(inner, min_size=2, max_size=3).map(" ".join)
    ),
    max_leaves=6,
)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.dictionaries(st.sampled_from(PLACES), WRAPPED, min_size=1), st.booleans())
def test_every_word_of_a_templates_fields_is_in_the_page(fields: dict[str, str], is_closed: bool) -> None:
    source = "\n".join(f"|{name}={text}" for name, text in fields.items())

    page = read_page(f"{{{{GSoC Project|Anchor=here\n{source}\n" + "}}" * is_closed)

    found = {word.casefold() for text in texts(page) for word in words(text)}
    for text in fields.values():
        assert {word for word in words(text) if len(word) > 2} - OF_FRAMES <= found


BIG = 5_000_000


@pytest.mark.parametrize(
    "text",
    [
        "Title\nDate of insert: 2013-01-23\nSteps: " + "words and words, \n  • a list\n" * (BIG // 32),
        "\n\n".join(f"Idea {number}\n\nDate of insert: 2013-01-23\nSteps:" + " words" * 400 for number in range(2_000)),
        "{{project|Desc=" + (" and words" * 40 + "''words'' [[Link|and]]\n* a list\n\n") * (BIG // 440) + "}}",
        "\n".join("{{project|Desc=" + "words " * 400 + "|Steps=words}}" for _ in range(2_000)),
        "{{project|Desc=" + "{{a|" * 50_000,
        "{{project|Desc=" + "<b " * 50_000 + "<b>" * 50_000,
        "{{project|Desc=x\n" * 20_000,
        "{{project|Contact=" + "a@b.org, " * 50_000 + "|Review=" + "* a 1 May 2013: b\n" * 5_000 + "}}",
    ],
    ids=["rendered", "rendered ideas", "template", "templates", "open", "tags", "starts", "fields"],
)
def test_five_megabytes_are_read_in_reasonable_time(text: str) -> None:
    began = time.monotonic()

    page = read_page(text)

    assert page.ideas
    assert time.monotonic() - began < 60  # seconds; a few in truth, but other tests run beside this one
