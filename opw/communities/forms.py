"""What a community says of itself, and whom it invites."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from opw.accounts.forms import InvitationForm
from opw.communities.models import Channel, Community, Resource, Role

ROWS_AT_MOST = 30


class WebAddress(forms.URLField):
    """An address on the web; typed without its scheme, it is meant as https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **options: Any) -> None:
        super().__init__(assume_scheme="https", max_length=200, **options)


class CommunityForm(forms.ModelForm[Community]):
    website = WebAddress(required=False)

    class Meta:
        model = Community
        fields = ["name", "summary", "description", "website"]
        widgets = {"description": forms.Textarea(attrs={"rows": 8})}


class ChannelForm(forms.ModelForm[Channel]):
    url = WebAddress(required=False, label="Address")

    class Meta:
        model = Channel
        fields = ["name", "url", "purpose"]


class ResourceForm(forms.ModelForm[Resource]):
    url = WebAddress(label="Address")

    class Meta:
        model = Resource
        fields = ["title", "url"]


class Rows(forms.BaseFormSet[Any]):
    """Rows that can be ordered by number and taken away; empty ones are not there."""

    def rows(self) -> list[dict[str, str]]:
        fields = self.form.base_fields
        return [{name: form.cleaned_data[name] for name in fields} for form in self.ordered_forms]


def _rows(form: Any) -> Any:
    return forms.formset_factory(
        form, formset=Rows, extra=2, can_order=True, can_delete=True, max_num=ROWS_AT_MOST, validate_max=True
    )


Channels, Resources = _rows(ChannelForm), _rows(ResourceForm)


class RoleForm(InvitationForm):
    """Whom to invite to which of the roles that the reader may give."""

    role = forms.ChoiceField(widget=forms.RadioSelect)
    field_order = ["role"]

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]  # a ChoiceField, as above
