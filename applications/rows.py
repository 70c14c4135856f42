"""Asking for commitments: rows of what, from when, until when and how many hours a week, without a script."""

from datetime import date
from itertools import takewhile
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

KINDS = {"job": "a job", "studies": "studies", "other": "something else"}
COLUMNS = ("kind", "what", "from", "until", "hours")
ROWS_AT_MOST = 30
CHARACTERS_AT_MOST = 200
HOURS_AT_MOST = 100

Row = dict[str, Any]


class CommitmentsWidget(forms.Widget):
    """Rows of fields: those that are filled in, and an empty one below them.

    A button named "remove" with a row's name leaves that row out; a button named "more" is for whoever saves.
    """

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Row]:
        """The rows as typed, without empty ones and the one to be removed; or an answer as it is stored."""
        if isinstance(data.get(name), list):
            return list(data[name])
        typed = takewhile(bool, (self._row(data, f"{name}-{number}") for number in range(ROWS_AT_MOST)))
        return [
            row for number, row in enumerate(typed) if _is_written(row) and data.get("remove") != f"{name}-{number}"
        ]

    def _row(self, data: Any, name: str) -> Row:
        """What was typed in the row of this name; nothing where there is none."""
        if f"{name}-what" not in data:
            return {}
        return {column: data.get(f"{name}-{column}", "").strip() for column in COLUMNS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        rows = enumerate([*(value or []), {}])
        context = {
            "rows": [{"name": f"{name}-{number}", "number": number + 1, "value": row} for number, row in rows],
            "kinds": KINDS.items(),
            "characters": CHARACTERS_AT_MOST,
            "hours": HOURS_AT_MOST,
        }  # fmt: skip
        return render_to_string("applications/_commitments.html", context)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return ""


class CommitmentsField(forms.Field):
    """A list of rows; as a draft as they were typed, submitting each of them whole."""

    widget = CommitmentsWidget

    def __init__(self, *, submitting: bool, **shared: Any) -> None:
        super().__init__(**shared | {"required": False})  # nobody must have commitments
        self.submitting = submitting

    def clean(self, value: list[Row]) -> list[Row]:
        if not self.submitting:
            return value
        complaints = [
            f"Commitment {number}: {complaint}" for number, row in enumerate(value, 1) for complaint in _complaints(row)
        ]
        if complaints:
            raise ValidationError(complaints)
        return [row | {"hours": int(row["hours"])} for row in value]


def _is_written(row: Row) -> bool:
    """Whether anything stands in it; the kind always does."""
    return any(value for column, value in row.items() if column != "kind")


def _complaints(row: Row) -> list[str]:
    """What is missing or wrong in a row, each as a sentence."""
    found = []
    first, last = _day(row.get("from")), _day(row.get("until"))
    if not row.get("what"):
        found.append("say what it is, in a few words.")
    elif len(row["what"]) > CHARACTERS_AT_MOST:
        found.append(f"{len(row['what'])} characters are too many; a few words are enough.")
    if row.get("kind") not in KINDS:
        found.append("choose whether it is a job, studies or something else.")
    if first is None or last is None:
        found.append("say from which day until which day, as 2013-12-10.")
    elif last < first:
        found.append("it ends before it begins.")
    hours = str(row.get("hours", ""))
    if not (hours.isascii() and hours.isdecimal() and int(hours[:4]) <= HOURS_AT_MOST and len(hours) <= 3):
        found.append(f"say how many hours a week it takes, a whole number up to {HOURS_AT_MOST}.")
    return found


def _day(typed: Any) -> date | None:
    try:
        return date.fromisoformat(str(typed))
    except ValueError:
        return None
