"""A round's schedule, as its program coordinator fills it in."""

from django import forms

from opw.communities.models import Community
from opw.rounds.models import DAYS, MOMENTS, Round


class ScheduleForm(forms.ModelForm[Round]):
    """All moments are typed in UTC, the program's hour. A round's address stays as it is."""

    class Meta:
        model = Round
        fields = ["name", *MOMENTS, *DAYS, "seal_needs_approval"]
        help_texts = dict.fromkeys(MOMENTS, "UTC, as 2026-11-11 19:00") | dict.fromkeys(DAYS, "as 2026-12-10")
        help_texts["seal_needs_approval"] = "Then nothing is released before somebody else than who sealed has looked."
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DAYS}


class RoundForm(ScheduleForm):
    """A new round, with the address that will be its own for good."""

    class Meta(ScheduleForm.Meta):
        fields = ["name", "slug", *MOMENTS, *DAYS, "seal_needs_approval"]


class ParticipationForm(forms.Form):
    """A community that takes part, and how many places it can pay for."""

    community = forms.ModelChoiceField(Community.objects.all())
    slots = forms.IntegerField(min_value=0, max_value=100, initial=1, label="Funded slots")
