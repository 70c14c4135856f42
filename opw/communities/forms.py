"""What a community says of itself, and whom it invites."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict

from opw.accounts.forms import InvitationForm
from opw.communities.models import Channel, Community, Resource, Role, as_lines
from opw.overtaking import SeenForm

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


class EditCommunityForm(SeenForm, CommunityForm):
    """All that its coordinators edit at once: what its page says, where it meets, and what newcomers read."""

    def __init__(self, data: QueryDict | None, *, instance: Community) -> None:
        super().__init__(data, instance=instance)
        self.channels = Channels(data, prefix="channels", initial=instance.channels.values())
        self.resources = Resources(data, prefix="resources", initial=instance.resources.values())

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.channels.is_valid(), self.resources.is_valid()])

    @property
    def lists(self) -> dict[str, Any]:
        return {"channels": self.channels.rows(), "resources": self.resources.rows()}

    @property
    def said(self) -> dict[str, str]:
        meet, read = (as_lines(row.values() for row in rows) for rows in self.lists.values())
        return super().said | {"where_to_meet": meet, "for_newcomers": read}


class RoleForm(InvitationForm):
    """Whom to invite to which of the roles that the reader may give."""

    role = forms.ChoiceField(widget=forms.RadioSelect)
    field_order = ["role"]

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]  # a ChoiceField, as above
