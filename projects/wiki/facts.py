"""The short fields that are one of a few values: the difficulty, and whether the idea is also for GSoC."""

import re

from projects.wiki.page import Difficulty, Doubt, Level

_LEVELS: dict[str, Level] = {
    "basic": "basic", "beginner": "basic", "beginners": "basic", "easy": "basic", "low": "basic", "novice": "basic",
    "medium": "medium", "intermediate": "medium", "moderate": "medium", "average": "medium",
    "difficult": "difficult", "hard": "difficult", "advanced": "difficult", "expert": "difficult", "high": "difficult",
}  # fmt: skip
LEVELS: tuple[Level, ...] = ("basic", "medium", "difficult")
_BETWEEN = {"to", "or", "and", "till", "until", "from", "level"}
_ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def read_difficulty(text: str, doubt: Doubt) -> Difficulty | None:
    """The lowest and the highest level that the text names."""
    words = re.findall(r"\w+", text.casefold())
    levels = sorted({_LEVELS[word] for word in words if word in _LEVELS}, key=LEVELS.index)
    said = " ".join(text.split())
    if not levels:
        if words:
            doubt(f"Difficulty: “{said}” names no level.")
        return None
    if any(word not in _LEVELS and word not in _BETWEEN for word in words):
        doubt(f"Difficulty: only the level was taken from “{said}”.")
    return levels[0], levels[-1]


def read_yes_or_no(text: str, label: str, doubt: Doubt) -> bool | None:
    """The answer that the text begins with; more than an answer is said to be doubtful, and so is none."""
    words = re.findall(r"\w+", text.casefold())
    if not words:
        return None
    answer = _ANSWERS.get(words[0])
    if answer is None or len(words) > 1:
        doubt(f"{label}: “{' '.join(text.split())}” is more than yes or no.")
    return answer
