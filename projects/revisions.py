"""The revisions of an idea, and what changed between two of them, word by word.

History keeps a row for every save. A *revision* is what the material edits count (``Project.revision``): it begins with
the first row of its number, and reads as the last one, after changes of white space and of state.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from opw.accounts.models import User
from opw.comparing import Change, compared
from opw.text import same_but_for_white_space
from projects.models import SECTIONS, Approval, Difficulty, Project

HEADINGS = {"title": "Title", "summary": "Summary", "difficulty": "Difficulty"} | SECTIONS


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of an idea; nobody has signed what an import wrote."""

    number: int
    begun_at: datetime
    by: User | None
    approvals: list[Approval]
    previous: int | None


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
