"""What mentors and coordinators fill in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from applications.forms import MessageForm
from applications.models import Contribution
from mentors.models import Move, Rating, Selection
from mentors.slips import Slip, slips_in
from opw.accounts.models import User
from opw.rounds.models import Participation

_REASON = {"required": "Say why.", "max_length": "Keep the reason under 500 characters."}


class MarkForm(forms.Form):
    mark = forms.ChoiceField(choices=[choice for choice in Contribution.Mark.choices if choice[0]])
    comment = forms.CharField(
        max_length=2000, required=False, label="Comment for the applicant", widget=forms.Textarea(attrs={"rows": 2})
    )


class TimeToAnswerForm(forms.Form):
    until_at = forms.DateTimeField(
        label="Until", help_text="UTC, as 2026-11-11 19:00.", widget=forms.DateTimeInput(format="%Y-%m-%d %H:%M")
    )
    reason = forms.CharField(max_length=500, label="Why", help_text="Coordinators read it; it is in no letter.")


class EndPlaceForm(forms.Form):
    """How a place ends that somebody cannot take: at her word, or the program's."""

    is_declined = forms.TypedChoiceField(
        label="Who ends it",
        choices=[(True, "She does: she wrote that she cannot take it"), (False, "The program takes it back")],
        coerce=lambda chosen: chosen == "True",
        widget=forms.RadioSelect,
        error_messages={"required": "Say who ends it."},
    )
    reason = forms.CharField(
        max_length=1000,
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Program coordinators read it beside her offer; it is in no letter, and is deleted with the answers "
        "of the initial applications.",
        error_messages={"required": "Say why."},
    )
    words = forms.CharField(
        max_length=2000,
        required=False,
        label="Words to her",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="She reads them in her letter, the mentors do not. If the program takes the place back, she has to "
        "be told why.",
    )


class CarefulForm(forms.Form):
    """Words to an applicant. Where they slip (see ``mentors.slips``) the page asks once, and then they are sent.

    ``warned`` is what the writer was told of before: a slip that she adds after that is asked about as well.
    """

    warned = forms.Field(widget=forms.MultipleHiddenInput, required=False)
    said = ""  # the field that the applicant reads
    slips: list[Slip] = []

    def __init__(self, *args: Any, others: Iterable[User], known: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others, self.known = others, known

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        warned = typed.pop("warned", [])
        self.slips = slips_in(typed.get(self.said, ""), others=self.others, known=self.known)
        if any(str(slip) not in warned for slip in self.slips):
            said = [str(slip) for slip in self.slips]
            data = QueryDict(mutable=True)
            data.update(self.data)
            data.setlist("warned", said)
            self.data = data
            raise forms.ValidationError(["Nothing is sent yet. Change it, or send it all the same:", *said])
        return typed


class CarefulMessageForm(CarefulForm, MessageForm):
    said = "body"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = "Message that the applicant reads"


class CarefulMarkForm(CarefulForm, MarkForm):
    said = "comment"


class RatingForm(forms.ModelForm[Rating]):
    score = forms.TypedChoiceField(
        choices=Rating.Score.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the five.", "invalid_choice": "Choose one of the five."},
    )

    class Meta:
        model = Rating
        fields = ["score", "reasons"]
        widgets = {"reasons": forms.Textarea(attrs={"rows": 4})}


class ReadingForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class MoveForm(forms.Form):
    move = forms.TypedChoiceField(choices=Move.choices, coerce=Move)


class CommentForm(forms.Form):
    body = forms.CharField(label="Private comment", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class DecisionForm(forms.Form):
    """A decision; while a seal stands, it says that it knows what it breaks."""

    changes_results = True
    breaks_seal = forms.BooleanField(
        label="Yes, break the seal",
        help_text="The results are sealed. If this changes them, the seal is broken, the program coordinators get a "
        "letter, and nothing is released until somebody seals again.",
        error_messages={"required": "The results are sealed, and this would break the seal. Tick the box to do so."},
    )

    def __init__(self, *args: Any, sealed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "breaks_seal"])
        if not (sealed and self.changes_results):
            del self.fields["breaks_seal"]

    @property
    def answers(self) -> dict[str, Any]:
        """What the action is told."""
        return {name: value for name, value in self.cleaned_data.items() if name != "breaks_seal"}

    @property
    def complaint(self) -> str:
        """What is wrong with it, in one line."""
        return " ".join(str(message) for messages in self.errors.values() for message in messages)


class ReasonsForm(DecisionForm):
    reasons = forms.CharField(label="Reasons", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(DecisionForm):
    reason = forms.CharField(label="Reason", max_length=500, error_messages=_REASON)


class SettleForm(ReasonForm):
    """Which project keeps an applicant whom several want; ``among`` are the proposals that its reader saw."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The mentors of the project that gives the applicant up read it, and the coordinators; the applicant "
        "never does.",
        error_messages=_REASON,
    )
    among = forms.ModelMultipleChoiceField(Selection.objects.none(), widget=forms.MultipleHiddenInput)
    keep = forms.ModelChoiceField(
        Selection.objects.none(), error_messages={"required": "Choose which project keeps the applicant."}
    )

    def __init__(self, *args: Any, wanted: QuerySet[Selection], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("among", "keep"):
            self.fields[name].queryset = wanted  # type: ignore[attr-defined]  # both choose among selections


class SponsorForm(DecisionForm):
    """One more slot; no result is another by it."""

    changes_results = False
    sponsor = forms.CharField(
        max_length=100, required=False, error_messages={"max_length": "That sponsor is too long."}
    )


class MoveSlotForm(DecisionForm):
    to = forms.ModelChoiceField(
        Participation.objects.all(), error_messages={"required": "Say where to.", "invalid_choice": "Say where to."}
    )


class WithdrawListingForm(forms.Form):
    because = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its applicants read this, in a letter and on their page. Say nothing here of who was chosen.",
    )


class OptionalReasonForm(DecisionForm):
    reason = forms.CharField(label="Reason", max_length=500, required=False, error_messages=_REASON)


class WaitingReasonForm(OptionalReasonForm):
    """Why somebody waits; no result is another by it."""

    changes_results = False
