"""A round's schedule, as its program coordinator fills it in."""

from django import forms

from opw.rounds.models import Round

MOMENTS = [
    "published_at",
    "applications_open_at",
    "applications_close_at",
    "contributions_close_at",
    "selection_closes_at",
    "announcement_at",
]
DAYS = ["internship_starts_on", "internship_ends_on"]


class RoundForm(forms.ModelForm[Round]):
    """All moments are typed in UTC, the program's hour."""

    class Meta:
        model = Round
        fields = ["name", "slug", *MOMENTS, *DAYS]
        help_texts = dict.fromkeys(MOMENTS, "UTC, as 2026-11-11 19:00") | dict.fromkeys(DAYS, "as 2026-12-10")
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DAYS}
