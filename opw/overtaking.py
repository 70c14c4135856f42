"""Two who edit the same thing at once: a form says what its writer saw, and nothing is written over in silence."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Protocol

from django import forms

from opw.comparing import Change, compared
from opw.errors import Refused

Said = dict[str, str]  # what something says, in words by field


class Says(Protocol):
    """Something that people edit."""

    @property
    def said(self) -> Said: ...


class Overtaken(Refused):
    """Somebody else changed what the writer is changing; neither of the two texts is lost."""

    def __init__(self, said: Said) -> None:
        super().__init__(
            "This was changed while you were writing, so nothing of yours is saved yet. Both texts are below: put "
            "together what you want to keep, and save again."
        )
        self.said = said


def in_words(thing: object, names: Iterable[str]) -> Said:
    """What the fields of something say, as people read it."""
    return {name: _word(getattr(thing, name)) for name in names}


def mark_of(said: Said) -> str:
    """A short mark, which is another one when something else is said."""
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:20]


def check_seen(seen: str, now: Says) -> None:
    """Raises Overtaken when this is not what the writer saw. Who types in no form has seen nothing."""
    if seen and seen != mark_of(now.said):
        raise Overtaken(now.said)


class SeenForm(forms.Form):
    """A form of something that others edit too."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    instance: Any  # a Says; a model's form writes there what is typed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = mark_of(self.instance.said)
        self.differences: list[Change] = []

    @property
    def said(self) -> Said:
        """What is typed, once it was validated."""
        said: Said = self.instance.said
        return said

    def refuse(self, refusal: Refused, field: str | None = None) -> None:
        """Say why nothing is saved; where somebody was quicker, show both texts, and let the next save be knowing."""
        self.add_error(None if isinstance(refusal, Overtaken) else field, str(refusal))
        if isinstance(refusal, Overtaken):
            self.differences = _between(refusal.said, self.said)
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a bound form's is a QueryDict
            self.data["seen"] = mark_of(refusal.said)  # type: ignore[index]  # as above


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return "" if value is None else str(value)


def _between(theirs: Said, mine: Said) -> list[Change]:
    found = [compared(name.replace("_", " ").capitalize(), theirs[name], mine[name]) for name in theirs]
    return [change for change in found if change.is_changed]
