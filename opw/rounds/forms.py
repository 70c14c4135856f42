"""A round's schedule and letters, as its program coordinator fills them in."""

from typing import Any

from django import forms

from opw.communities.models import Community
from opw.mail.compose import Wording
from opw.overtaking import SeenForm
from opw.rounds.kinds import VOCABULARY, Kind
from opw.rounds.models import DAYS, MOMENTS, LetterText, Round
from opw.text import one_plain_line


class ScheduleForm(SeenForm, forms.ModelForm[Round]):
    """All moments are typed in UTC, the program's hour. A round's address stays as it is."""

    class Meta:
        model = Round
        fields = ["name", *MOMENTS, *DAYS, "seal_needs_approval"]
        help_texts = dict.fromkeys(MOMENTS, "UTC, as 2026-11-11 19:00") | dict.fromkeys(DAYS, "as 2026-12-10")
        help_texts["seal_needs_approval"] = "Then nothing is released before somebody else than who sealed has looked."
        widgets = {
            **{name: forms.DateTimeInput(format="%Y-%m-%d %H:%M") for name in MOMENTS},
            **{name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DAYS},
        }

    def clean(self) -> dict[str, Any]:
        """Days that every timezone and calendar can show."""
        cleaned = super().clean() or self.cleaned_data
        for name in [*MOMENTS, *DAYS]:
            if name in cleaned and not 2000 <= cleaned[name].year < 2100:
                self.add_error(name, "A round is between the years 2000 and 2100.")
        return self.cleaned_data


class RoundForm(ScheduleForm):
    """A new round, with the address that will be its own for good."""

    seen = None  # type: ignore[assignment]  # how Django leaves a field out: nobody else edits it yet

    class Meta(ScheduleForm.Meta):
        fields = ["name", "slug", *MOMENTS, *DAYS, "seal_needs_approval"]
        labels = {"slug": "Address"}
        help_texts = ScheduleForm.Meta.help_texts | {
            "slug": "What stands in the round's address for good: small letters, digits and hyphens, as round-8"
        }

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug == "new":
            raise forms.ValidationError("This address is the portal's own. Choose another one.")
        return slug


class ParticipationForm(forms.Form):
    """A community that takes part, and how many places it can pay for."""

    community = forms.ModelChoiceField(
        Community.objects.none(), error_messages={"invalid_choice": "This community takes part already."}
    )
    slots = forms.IntegerField(min_value=0, max_value=100, initial=1, label="Funded slots")

    def __init__(self, *args: Any, round: Round, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["community"]
        choice.queryset = Community.objects.exclude(participations__round=round)  # type: ignore[attr-defined]  # a ModelChoiceField, as above


class LetterTextForm(SeenForm, forms.ModelForm[LetterText]):
    """A round's own words for a kind of letter; it begins with the portal's."""

    class Meta:
        model = LetterText
        fields = ["subject", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, data: Any, *, round: Round, kind: Kind) -> None:
        super().__init__(data, instance=LetterText.said_in(round, kind))
        self.is_own = self.instance.pk is not None
        self.fields["subject"].help_text = f"Left empty: “{VOCABULARY[kind].subject}, {round}”."
        if kind.is_reply:
            del self.fields["subject"]  # a message has none
            self.fields["body"].help_text = "Plain text. An empty line begins a paragraph."

    def clean_subject(self) -> str:
        return one_plain_line(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        """Without marks that nobody sees, which would garble the letter."""
        return "\n".join(one_plain_line(line) for line in self.cleaned_data["body"].splitlines())

    @property
    def wording(self) -> Wording | None:
        """What is typed, or else said now; None stands for the portal's own words."""
        text: LetterText = self.instance
        return Wording(text.subject, text.body) if (self.is_bound or self.is_own) and not text.mistakes else None
