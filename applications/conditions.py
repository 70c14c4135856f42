"""Which answers a round looks for: what makes one ineligible, and what a coordinator should read herself.

Conditions are data that coordinators type, one a line, and any of them is enough: an answer as it stands ("no", one of
the options), "below 20" or "above 60" for a number, "before 2013-12-10" or "after 2013-12-10" for a date, and
"any answer" for what may be left empty.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

ANY = "any answer"
_NUMBERS = {"below": float.__lt__, "above": float.__gt__}
_DATES = {"before": date.__lt__, "after": date.__gt__}


def lines_of(text: str) -> list[str]:
    """What was typed one a line, without empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def holds(conditions: str, answer: str) -> bool:
    """Whether this answer is one that the conditions are about; an empty answer never is."""
    return bool(answer.strip()) and any(_is_met(condition, answer.strip()) for condition in lines_of(conditions))


def check_conditions(conditions: str, *, exact: list[str], compares: type[Any] | None) -> None:
    """Refuse conditions that no answer could meet.

    ``exact`` are the answers that can be given as they stand; ``compares`` is float or date where they are compared.
    """
    for condition in lines_of(conditions):
        if condition != ANY and condition not in exact and not (compares and _comparison(condition, compares)):
            raise ValidationError(f"“{condition}” is no answer to this question. {_what_can_be_said(exact, compares)}")


def _is_met(condition: str, answer: str) -> bool:
    if condition in (ANY, answer):
        return True
    for kind in (float, date):
        comparison = _comparison(condition, kind)
        value = _read(answer, kind)
        if comparison and value is not None and comparison(value):
            return True
    return False


def _comparison(condition: str, kind: type[Any]) -> Callable[[Any], bool] | None:
    word, _, bound = condition.partition(" ")
    compare = (_NUMBERS if kind is float else _DATES).get(word)
    limit = _read(bound, kind)
    if compare is None or limit is None:
        return None
    return lambda value: bool(compare(value, limit))


def _read(text: str, kind: type[Any]) -> Any:
    try:
        return float(text) if kind is float else date.fromisoformat(text)
    except ValueError:
        return None


def _what_can_be_said(exact: list[str], compares: type[Any] | None) -> str:
    if compares is float:
        return "Say “below 20” or “above 60”."
    if compares is date:
        return "Say “before 2013-12-10” or “after 2013-12-10”."
    return f"Say one of these, one a line: {', '.join([*exact, ANY])}."
