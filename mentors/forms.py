"""What mentors and coordinators fill in."""

from django import forms

from applications.models import Contribution
from mentors.models import Move, Rating


class MarkForm(forms.Form):
    mark = forms.ChoiceField(choices=[choice for choice in Contribution.Mark.choices if choice[0]])
    comment = forms.CharField(
        max_length=2000, required=False, label="Comment for the applicant", widget=forms.Textarea(attrs={"rows": 2})
    )


class RatingForm(forms.ModelForm[Rating]):
    class Meta:
        model = Rating
        fields = ["score", "reasons"]
        widgets = {"reasons": forms.Textarea(attrs={"rows": 4})}


class ReadingForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class MoveForm(forms.Form):
    move = forms.TypedChoiceField(choices=Move.choices, coerce=Move)


class CommentForm(forms.Form):
    body = forms.CharField(label="Comment", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonsForm(forms.Form):
    reasons = forms.CharField(label="Reasons", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", max_length=500)


class WithdrawListingForm(forms.Form):
    because = forms.CharField(
        label="Why",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its applicants read this, in a letter and on their page. Say nothing here of who was chosen.",
    )


class OptionalReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", max_length=500, required=False)
