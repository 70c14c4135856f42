"""How a question is asked: the form field of each kind.

As a draft anything may be missing, too long or of the wrong kind; submitting, the round's rules hold.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import escape

from applications.models import Question
from applications.rows import CommitmentsField
from opw.text import count_words

CHARACTERS_AT_MOST = 20_000
CHARACTERS_OF_A_LINE = 500
_FEW = 7  # choices are buttons up to here, and a list beyond


@dataclass(frozen=True)
class WordsAtMost:
    """Refuses a text of too many words; says how many there are."""

    limit: int

    def __call__(self, text: str) -> None:
        words = count_words(text)
        if words > self.limit:
            raise forms.ValidationError(f"{words} words are too many; {self.limit} are asked for at most.")


def field_of(question: Question, *, submitting: bool) -> forms.Field:
    """The field that asks this question."""
    shared: dict[str, Any] = {
        "label": question.label,
        "help_text": _help(question),
        "required": submitting and question.is_required,
    }
    if question.choices:
        return _choice(question, shared)
    if question.kind == Question.Kind.COMMITMENTS:
        return CommitmentsField(submitting=submitting, **shared)
    if question.kind == Question.Kind.NUMBER:
        return _number(submitting, shared)
    if question.kind == Question.Kind.DATE:
        return _date(submitting, shared)
    if submitting and question.words_at_most:
        shared["validators"] = [WordsAtMost(question.words_at_most)]
    if question.kind == Question.Kind.SHORT:
        return forms.CharField(max_length=CHARACTERS_OF_A_LINE, **shared)
    counted = {"data-words-at-most": question.words_at_most} if question.words_at_most else {}
    widget = forms.Textarea(attrs={"rows": 8} | counted)
    return forms.CharField(max_length=CHARACTERS_AT_MOST, widget=widget, **shared)


def _choice(question: Question, shared: dict[str, Any]) -> forms.Field:
    if question.kind == Question.Kind.YES_NO:
        return forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect, **shared)
    choices = [(choice, choice) for choice in question.choices]
    if len(choices) <= _FEW:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shared)
    return forms.ChoiceField(choices=[("", "Choose one"), *choices], **shared)


def _number(submitting: bool, shared: dict[str, Any]) -> forms.Field:
    if submitting:
        return forms.IntegerField(min_value=0, max_value=1_000_000, **shared)
    return forms.CharField(max_length=20, widget=forms.NumberInput, **shared)


def _date(submitting: bool, shared: dict[str, Any]) -> forms.Field:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if submitting:
        wrong = {"invalid": "Write a date as year, month and day: 2013-12-10."}
        return forms.DateField(input_formats=["%Y-%m-%d"], widget=widget, error_messages=wrong, **shared)
    return forms.CharField(max_length=20, widget=widget, **shared)


def _help(question: Question) -> str:
    words = f"{question.words_at_most} words at most." if question.words_at_most else ""
    return escape(f"{question.help_text} {words}".strip())  # pages show a field's help as it stands
