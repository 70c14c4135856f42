"""The revisions of an idea, and what changed between two of them, word by word.

History keeps a row for every save. A *revision* is what the material edits count (``Project.revision``): it begins with
the first row of its number, and reads as the last one, after changes of white space and of state.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

from opw.accounts.models import User
from opw.text import same_but_for_white_space
from projects.models import SECTIONS, Approval, Difficulty, Project

HEADINGS = {"title": "Title", "summary": "Summary", "difficulty": "Difficulty"} | SECTIONS
# A text is cut into words, each with the white space behind it. What comparing takes grows with the third power of how
# many there are: a text of more words is cut into lines, and one of more lines is compared as a whole.
CUTS = [re.compile(r"\S+\s*"), re.compile(r"[^\n]+\n*"), re.compile(r".+", re.DOTALL)]
AT_ONCE = 1_500


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of an idea; nobody has signed what an import wrote."""

    number: int
    begun_at: datetime
    by: User | None
    approvals: list[Approval]
    previous: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that was kept, or is gone, or is new."""

    kind: Literal["kept", "gone", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One section in two revisions."""

    heading: str
    is_changed: bool
    pieces: list[Piece]


def revisions_of(project: Project) -> list[Revision]:
    """Its revisions, newest first, each with who began it and who approved it."""
    approvals = defaultdict(list)
    for approval in project.approvals.select_related("by"):
        approvals[approval.revision].append(approval)
    ordered = _rows(project).order_by("revision", "history_date", "history_id").select_related("history_user")
    first_rows = list(ordered.distinct("revision"))
    found = [
        Revision(row.revision, row.history_date, row.history_user, approvals[row.revision], before and before.revision)
        for before, row in pairwise([None, *first_rows])
    ]
    return found[::-1]


def facts_of(project: Project, number: int) -> dict[str, str] | None:
    """What a revision says, by section; None for a revision that was never shown."""
    row = _rows(project).filter(revision=number).order_by("history_date", "history_id").last()
    return _named(Project.snapshot(row)) if row else None  # a kept row has the same fields


def changes(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    """Every section that stands in one of two revisions, with the words that were kept, are gone and are new."""
    return [
        compared(heading, before[name], after[name])
        for name, heading in HEADINGS.items()
        if before[name] or after[name]
    ]


def compared(heading: str, before: str, after: str) -> Change:
    """Two texts of one section, word by word."""
    return Change(heading, not same_but_for_white_space(before, after), _pieces(before, after))


def changed_headings(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The headings of the sections that differ between two snapshots of an idea."""
    old, new = _named(before), _named(after)
    return [name for key, name in HEADINGS.items() if not same_but_for_white_space(old[key], new[key])]


def _rows(project: Project) -> Any:
    """The kept rows that may be shown: what was typed into a draft stays its author's, once it is published."""
    rows = project.history.all()
    return rows if project.state == Project.State.DRAFT else rows.exclude(state=Project.State.DRAFT)


def _named(snapshot: dict[str, Any]) -> dict[str, str]:
    """A snapshot's texts, with the difficulty in words."""
    levels = dict.fromkeys(
        Difficulty(level).label for name in ("difficulty_from", "difficulty_to") if (level := snapshot[name])
    )
    return {name: snapshot[name] for name in HEADINGS if name != "difficulty"} | {"difficulty": " to ".join(levels)}


def _pieces(before: str, after: str) -> list[Piece]:
    """The words of both texts in reading order; where they only differ in white space, the newer one's is kept."""
    cuts = ((cut.findall(before.strip()), cut.findall(after.strip())) for cut in CUTS)
    old, new = next((old, new) for old, new in cuts if max(len(old), len(new)) <= AT_ONCE)
    return list(_compared(old, new))


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new])
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("kept", "".join(new[new_from:new_to]))
            continue
        if old_from < old_to:
            yield Piece("gone", "".join(old[old_from:old_to]))
        if new_from < new_to:
            yield Piece("new", "".join(new[new_from:new_to]))
