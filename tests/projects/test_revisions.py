"""Revisions: kept, listed with their approvals, and compared word by word."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opw.accounts.models import User
from opw.comparing import Piece
from projects import actions
from projects.models import Project
from projects.revisions import changes, facts_of, revisions_of
from tests import make

pytestmark = pytest.mark.django_db


def edit(project: Project, *, by: User | None = None, **fields: Any) -> None:
    project.refresh_from_db()
    actions.edit_idea(project=project, by=by or make.user(), **fields)
    project.refresh_from_db()


def address(project: Project, name: str, **query: object) -> str:
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(f"projects:{name}", args=[project.community.slug, project.slug]) + (f"?{asked}" if asked else "")


def pieces(before: str, after: str) -> list[tuple[str, str]]:
    """What is said of a section that changed from one text to another."""
    blank = facts_of(make.idea(), 1)
    assert blank
    found = next(
        change
        for change in changes(blank | {"steps": before}, blank | {"steps": after})
        if change.heading == "Steps"
    )  # fmt: skip
    return [(piece.kind, piece.text) for piece in found.pieces]


def test_a_revision_is_a_material_edit_and_knows_who_made_it_and_who_approved_it():
    project, editor = make.idea(), make.user()
    maintainer = project.community.maintainers.get()
    approval = make.approval(project)

    edit(project, by=editor, steps="1. Start again")
    edit(project, steps="1.  Start again\n")

    newest, first = revisions_of(project)
    assert (newest.number, newest.by, newest.approvals, newest.previous) == (2, editor, [], 1)
    assert (first.number, first.approvals, first.previous) == (1, [approval], None)
    assert approval.by == maintainer


def test_a_revision_reads_as_it_did_last():
    project = make.idea()

    edit(project, steps="1.  Measure\n2. Mend")
    edit(project, steps="1. Start again")

    assert (facts_of(project, 1) or {})["steps"] == "1.  Measure\n2. Mend"
    assert (facts_of(project, 2) or {})["steps"] == "1. Start again"
    assert facts_of(project, 3) is None


def test_what_was_typed_into_a_draft_stays_its_authors():
    author = make.user()
    project = actions.propose_idea(community=make.community(), by=author, title="Boot", steps="secret thoughts")
    edit(project, by=author, steps="1. Start")
    of_the_draft = [revision.number for revision in revisions_of(project)]

    actions.publish_idea(project=project, by=author)

    project.refresh_from_db()
    assert of_the_draft == [1]
    assert [(revision.number, revision.by) for revision in revisions_of(project)] == [(1, author)]
    assert (facts_of(project, 1) or {})["steps"] == "1. Start"


def test_two_texts_are_compared_word_by_word():
    assert pieces("Measure the boot time.", "Measure the whole boot time, please.") == [
        ("kept", "Measure the "),
        ("new", "whole "),
        ("kept", "boot "),
        ("gone", "time."),
        ("new", "time, please."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "new words", [("new", "new words")]),
        ("old words", "", [("gone", "old words")]),
        ("a  b\nc", "a b c", [("kept", "a b c")]),
        ("a b", "a b c", [("kept", "a b "), ("new", "c")]),
    ],
)
def test_words_are_kept_gone_or_new(before, after, expected):
    assert pieces(before, after) == expected


def test_a_change_of_white_space_is_none():
    facts = facts_of(make.idea(), 1) or {}

    found = changes(facts, facts | {"steps": facts["steps"].replace(" ", "  ")})

    assert [change.heading for change in found if change.is_changed] == []


def test_a_changed_difficulty_is_said_in_words():
    project = make.idea(difficulty_from=1, difficulty_to=1)
    edit(project, difficulty_to=3)

    found = changes(facts_of(project, 1) or {}, facts_of(project, 2) or {})

    assert [(change.heading, change.pieces) for change in found if change.is_changed] == [
        ("Difficulty", [Piece("kept", "basic "), Piece("new", "to difficult")])
    ]


def test_the_page_compares_in_either_order_and_escapes_what_was_typed(client):
    project = make.idea(steps="1. <b>bold</b> words")
    edit(project, steps="1. <script>alert(1)</script> words")

    page = client.get(address(project, "compare", one=2, other=1))

    assert "<del>&lt;b&gt;bold&lt;/b&gt; </del><ins>&lt;script&gt;alert(1)&lt;/script&gt; </ins>words" in page.text
    assert "Description: unchanged" in page.text
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"one": 1},
        {"one": 1, "other": 9},
        {"one": "x", "other": 1},
        {"one": 0, "other": 1},
        {"one": 10**12, "other": 1},
    ],
)
def test_a_comparison_of_nothing_is_not_found(client, query):
    project = make.idea()

    page = client.get(address(project, "compare", **query))

    assert page.status_code == 404


def test_the_page_of_revisions_asks_no_more_often_for_many(client):
    project = make.idea()
    make.approval(project)
    edit(project, steps="1. Start again")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(project, "revisions")).status_code == 200
        return len(queries)

    client.get("/")
    few = asked()
    for number in range(5):
        make.approval(project)
        edit(project, steps=f"1. Start again\n2. {number}")

    assert (asked(), few <= 6) == (few, True)


def test_an_approver_is_led_to_what_changed_since_her_own_approval(client):
    project = make.idea()
    maintainer = project.community.maintainers.get()
    make.approval(project)
    edit(project, steps="1. Start again")
    edit(project, steps="1. Start at last")
    client.force_login(maintainer)

    page = client.get(project.get_absolute_url()).text

    assert "Approve revision 3" in page
    assert address(project, "compare", one=1, other=3).replace("&", "&amp;") in page
    assert "approved revision 1 (ended by a later change)" in page


def test_a_text_of_very_many_words_is_compared_line_by_line():
    words = "word " * 1_500

    assert pieces(f"{words}\nthe old end", f"{words}\nthe new end") == [
        ("kept", f"{words}\n"),
        ("gone", "the old end"),
        ("new", "the new end"),
    ]


def test_a_text_of_very_many_lines_is_compared_as_a_whole():
    lines = "line\n" * 1_500

    assert pieces(f"{lines}old", f"{lines}new") == [("gone", f"{lines}old"), ("new", f"{lines}new")]
