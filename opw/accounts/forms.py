"""Signing up, one's own profile, and whom to invite."""

import zoneinfo
from typing import Any

from django import forms
from django.http import HttpRequest

from opw.accounts.models import User
from opw.mail.models import OptOut, Topic


def timezones() -> list[tuple[str, str]]:
    """The timezones of the IANA database that are named after a place, and UTC."""
    places = sorted(
        zone for zone in zoneinfo.available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/"))
    )
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in places)]


class ProfileForm(forms.ModelForm[User]):
    timezone = forms.ChoiceField(choices=timezones, help_text=User._meta.get_field("timezone").help_text)
    review_letters = forms.BooleanField(
        required=False,
        label="Write me letters about project ideas and their review",
        help_text="Remarks on yours, answers to yours, and what waits for you; an hour's news is one letter.",
    )

    class Meta:
        model = User
        fields = ["name", "timezone", "shows_address"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["review_letters"] = not OptOut.objects.filter(person=self.instance, topic=Topic.REVIEW).exists()


class SignupForm(forms.Form):
    """What signing up asks beside address and password; allauth adds those."""

    name = forms.CharField(
        max_length=200,
        help_text=User._meta.get_field("name").help_text,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    timezone = forms.ChoiceField(
        choices=timezones,
        initial="UTC",
        help_text=User._meta.get_field("timezone").help_text,
        widget=forms.Select(attrs={"data-guess-timezone": ""}),
    )
    field_order = ["name", "email", "password1", "password2", "timezone"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth when the account is made."""
        user.name = self.cleaned_data["name"]
        user.timezone = self.cleaned_data["timezone"]
        user.save(update_fields=["name", "timezone"])


class InvitationForm(forms.Form):
    """Whom to invite. A name that holds an address would make the letter somebody else's advertisement."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(max_length=100, required=False, help_text="As the letter greets her.")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if set(name) & set("/@:"):
            raise forms.ValidationError("Write a name here, without an address.")
        return name
