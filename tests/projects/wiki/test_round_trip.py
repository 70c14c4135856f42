"""What is exported reads back as the same page, in every format and with text as nasty as people type it."""

import json
from dataclasses import replace
from datetime import UTC, date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.wiki import (
    WikiIdea,
    WikiMentor,
    WikiPage,
    WikiPoint,
    WikiResolution,
    as_export,
    as_markdown,
    as_wikitext,
    read_page,
)
from projects.wiki.sameness import show_the_same

NASTY = [
    "|", "||", "{{", "}}", "{|", "|}", "[[", "]]", "[", "]", "=", "==", "''", "'''", "~~~~", "__TOC__", "&amp;",
    "&lt;", "<", ">", "<nowiki>", "</nowiki>", "<pre>", "</pre>", "<!--", "-->", "<br>", "<b>", "`", "```", "\n```\n",
    "*", "**", "\n* ", "\n  - ", "\n    - ", "\n1. ", "\n2) ", "\n# ", "\n## ", "\n> ", "\n    ", "\n: ", "\n; ",
    "\n----\n", "\n\n", "\n", "  \n", "\n| a | b |\n|---|---|\n| c | d |\n", "[a](http://example.org/b)",
    "http://example.org/?a=b&c", "<http://example.org/>", "[a]: b", "_", "a_b", "\\", "|Steps=", "\n|Desc=",
    "{{Comment|by=Eve|1=\nhi\n}}", "}}\n{{project|", "Date of insert: 2013-01-01", "<!-- opw:idea {} -->",
    "\n<!-- opw:steps -->\n", "\\<!-- opw:idea {} -->", "\n## Steps\n", '{"ideas": []}', "\t", "\u00a0", "\u200f",
    "🫖", "Icon Info.png", "é",
]  # fmt: skip
WORDS = st.from_regex(r"[a-z]{2,7} ?", fullmatch=True)
TEXT = st.lists(st.sampled_from(NASTY) | WORDS | st.text(max_size=4), max_size=14)
SECTION = TEXT.map(lambda pieces: _stored("".join(pieces)))
LINE = SECTION.map(lambda text: " ".join(text.replace("Icon", "I").split()))
NAME = st.builds("{}{}".format, st.sampled_from("ABÇ"), LINE)
TAGS = st.lists(st.sampled_from(["C", "C++", "OCaml", "git & shell", "{x}"]), unique=True, max_size=2).map(tuple)
MOMENT = st.datetimes(timezones=st.just(UTC))
LEVELS = st.sampled_from([None, ("basic", "basic"), ("basic", "difficult"), ("medium", "difficult")])
RESOLUTION = st.none() | st.builds(WikiResolution, MOMENT, NAME, LINE)
ON = st.sampled_from(["", "steps", "system_requirements"])
BODY = st.builds("{}{}".format, st.sampled_from(["Why? ", "- "]), SECTION).map(lambda text: _stored(text))


def _stored(text: str) -> str:
    """The text as the portal keeps it."""
    return "".join(char if char.isprintable() or char in "\n\t\u00a0\u200f" else "?" for char in text).strip()


REPLY = st.builds(WikiPoint, NAME, MOMENT, st.just(""), BODY)
POINT = st.builds(WikiPoint, NAME, MOMENT, ON, BODY, st.lists(REPLY, max_size=2).map(tuple), RESOLUTION)
IDEA = st.builds(
    WikiIdea,
    title=NAME, anchor=st.sampled_from(["", "here"]), difficulty=LEVELS, gsoc=st.booleans(), slug=st.just("an-idea"),
    mentors=st.lists(st.builds(WikiMentor, NAME, st.sampled_from(["", "a@example.org"]), LINE), max_size=2).map(tuple),
    inserted_on=st.none() | st.dates(date(1990, 1, 1)), verified_on=st.none() | st.dates(date(1990, 1, 1)),
    skills=SECTION, description=SECTION, outcomes=SECTION, steps=SECTION, references=SECTION, channels=SECTION,
    system_requirements=SECTION, summary=LINE, required_skills=TAGS, preferred_skills=TAGS,
    points=st.lists(POINT, max_size=2).map(tuple), missing=st.just(()), doubtful=st.just(()),
)  # fmt: skip
PAGE = st.lists(IDEA, min_size=1, max_size=2).map(lambda ideas: WikiPage(tuple(ideas), ()))
LONG = ["description", "outcomes", "steps", "skills", "references", "channels", "system_requirements"]


def in_json(page: WikiPage) -> str:
    return json.dumps(as_export(page))


def without_remarks(page: WikiPage) -> WikiPage:
    """The page without what its reader says of it."""
    return replace(page, ideas=tuple(replace(idea, missing=(), doubtful=()) for idea in page.ideas))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(PAGE)
@pytest.mark.parametrize("write", [in_json, as_markdown])
def test_json_and_markdown_read_back_word_for_word(write, page):
    assert without_remarks(read_page(write(page))) == page


@settings(deadline=None, derandomize=True, max_examples=60)
@given(PAGE)
def test_wikitext_reads_back_as_what_shows_the_same(page):
    read = without_remarks(read_page(as_wikitext(page)))

    assert [_spelled(idea) for idea in read.ideas] == [_spelled(idea) for idea in page.ideas]
    for idea, original in zip(read.ideas, page.ideas, strict=True):
        assert [name for name in LONG if not show_the_same(getattr(idea, name), getattr(original, name))] == []
    assert read.unplaced == ()


def _spelled(idea: WikiIdea) -> WikiIdea:
    """The idea without its sections, and white space as it counts in a comment."""
    points = tuple(_with_plain_spaces(point) for point in idea.points)
    nothing: dict[str, Any] = dict.fromkeys(LONG, "")
    return replace(idea, points=points, **nothing)


def _with_plain_spaces(point: WikiPoint) -> WikiPoint:
    replies = tuple(_with_plain_spaces(reply) for reply in point.replies)
    return replace(point, body=" ".join(point.body.split()), replies=replies)


@pytest.mark.parametrize(
    ("markdown", "source"),
    [
        (
            "1. one\n   and more\n2. two\n    - deep\n    - down\n\nText.",
            "# one and more\n# two\n#* deep\n#* down\n\nText.",
        ),
        (
            "See **[tea](http://example.org/tea)** and `a|b`.",
            "See '''[http://example.org/tea tea]''' and <code>a&#124;b</code>.",
        ),
        ("### Why\n\n*So* it is.", "=== Why ===\n\n''So'' it is."),
        ("```\n* [x]\n```", "<pre>* [x]\n</pre>"),
        ("Dear {{me}} | you", "Dear &#123;&#123;me&#125;&#125; &#124; you"),
        ("> quoted", '<pre class="markdown">&#62; quoted</pre>'),
    ],
    ids=["lists", "links", "headings", "code", "braces", "no wiki's"],
)
def test_a_section_is_written_as_wikis_write_it(markdown, source):
    idea = replace(read_page("{{project|Project=Tea}}").ideas[0], description=markdown)

    written = as_wikitext(WikiPage((idea,), ()))

    assert written.partition("|Desc=")[2].removesuffix("\n}}\n").strip("\n") == source
    assert show_the_same(read_page(written).ideas[0].description, markdown)
