"""Text that people typed: rendered, cleaned, and made into single lines."""

import html
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from opw.text import one_line, one_plain_line, render_markdown, same_but_for_white_space, spreadsheet_cell
from tests.look.page import elements

LINK = 'rel="nofollow noopener noreferrer ugc"'
HARMLESS = {"p", "a", "br", "em", "strong", "table", "thead", "tbody", "tr", "td"}
SCHEMES = ("https:", "http:", "mailto:")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Boot *faster*", "<p>Boot <em>faster</em></p>"),
        ("one\ntwo", "<p>one\ntwo</p>"),
        ("# Title\n\n## Part", "<h3>Title</h3>\n<h4>Part</h4>"),
        ("Ask in\n#opw on irc.example.org", "<p>Ask in\n#opw on irc.example.org</p>"),
        ("#1 and #2\n# Title #", "<p>#1 and #2</p>\n<h3>Title</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[site](https://example.org)", f'<p><a href="https://example.org" {LINK}>site</a></p>'),
        ("[mail](mailto:ada@example.org)", f'<p><a href="mailto:ada@example.org" {LINK}>mail</a></p>'),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("", ""),
    ],
)
def test_markdown_is_rendered(typed, shown):
    assert render_markdown(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![picture](https://evil.example/track.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "<javascript:alert(1)>",
        '<a href="https://example.org" onclick="alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        "<iframe src=https://evil.example></iframe>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '[x](https://example.org "\\" onmouseover=alert(1)")',
        "<form action=https://evil.example><input></form>",
        '<div class="btn" id="content">x</div>',
        "<style>body{display:none}</style>",
        "<base href=https://evil.example>",
    ],
)
def test_nothing_that_was_typed_runs_or_breaks_the_page(typed):
    found = elements(render_markdown(typed))

    assert {element.tag for element in found} <= HARMLESS
    assert {name for element in found for name in element.attrs} <= {"href", "title", "rel"}
    assert [link for element in found if not (link := element.attrs.get("href") or "https:").startswith(SCHEMES)] == []


@pytest.mark.parametrize(
    "typed",
    ["[" * 20_000, "![" * 10_000, "[a](" * 5_000, "<a " * 6_000, "<![CDATA[" * 2_000, "1. " * 6_000, "=\n" * 10_000],
    ids=lambda typed: repr(typed[:9]),
)
def test_what_keeps_the_renderer_busy_is_shown_as_it_was_typed(typed):
    shown = html.unescape(re.sub("<[^>]*>", " ", render_markdown(typed)))

    assert shown.split() == typed.split()


def test_a_picture_from_elsewhere_is_a_link():
    shown = render_markdown("![a plan](https://example.org/plan.png) ![](https://example.org/x.png)")

    assert shown == (
        f'<p><a href="https://example.org/plan.png" {LINK}>a plan</a> '
        f'<a href="https://example.org/x.png" {LINK}>https://example.org/x.png</a></p>'
    )


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\u202e", "\u2067"])
def test_a_line_holds_no_hidden_marks(mark):
    with pytest.raises(ValidationError, match="hidden mark"):
        one_plain_line(f"Boot {mark} faster")


@pytest.mark.parametrize(
    ("typed", "line"),
    [(" Boot\r\nfaster ", "Boot faster"), ("\u200fאתחול", "\u200fאתחול"), ("👩\u200d💻 🇰🇪", "👩\u200d💻 🇰🇪")],
)
def test_a_line_is_one_line_in_any_writing(typed, line):
    assert one_plain_line(typed) == line


def test_a_title_does_not_break_out_of_its_attribute():
    shown = render_markdown("""[x](https://example.org 'a" onmouseover="alert(1)')""")

    assert 'onmouseover="' not in shown


@given(st.text())
def test_any_text_is_rendered(text):
    assert "<script" not in render_markdown(text)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Ada\r\nBcc: evil@example.org", "Ada Bcc: evil@example.org"),
        ("  a\t b  ", "a b"),
        ("Grüße 🫖", "Grüße 🫖"),
        ("a\u2028b\x85c\x00d", "a b c d"),
        ("\u202eevil", "evil"),
        ("", ""),
    ],
)
def test_one_line_has_no_breaks_or_control_characters(typed, line):
    assert one_line(typed) == line


@given(st.text())
def test_one_line_is_one_printable_line(text):
    line = one_line(text)

    assert line.isprintable()
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a b", " a\n\n b ", True),
        ("a b", "a\u00a0b", True),
        ("a b", "ab", False),
        ("a", "A", False),
        ("", " \n", True),
        ("1. a\n2. b", "2. b\n1. a", False),
    ],
)
def test_white_space_alone_is_no_difference(one, other, same):
    assert same_but_for_white_space(one, other) == same


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1+1", "'=1+1"), ("\tAda", "'\tAda"), ("\rAda", "'\rAda"), ("Ada = Bea", "Ada = Bea"), (None, ""), (0, "0")],
)
def test_a_cell_of_a_spreadsheet_is_never_a_formula(value, cell):
    assert spreadsheet_cell(value) == cell
