"""Two texts, compared word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from opw.text import same_but_for_white_space

# A text is cut into words, each with the white space behind it. What comparing takes grows with the third power of how
# many there are: a text of more words is cut into lines, and one of more lines is compared as a whole.
CUTS = [re.compile(r"\S+\s*"), re.compile(r"[^\n]+\n*"), re.compile(r".+", re.DOTALL)]
AT_ONCE = 1_500


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


def compared(heading: str, before: str, after: str) -> Change:
    """Two texts of one section, word by word."""
    return Change(heading, not same_but_for_white_space(before, after), _pieces(before, after))


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
