"""How ideas are written, and how their review is asked."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from opw.communities.models import Community
from projects.models import SECTIONS, Project, ReviewPoint, StarterTask


class SkillNames(forms.CharField):
    """Skill tags, typed with commas between them."""

    def to_python(self, value: Any) -> Any:
        names = [name.strip() for name in (super().to_python(value) or "").split(",")]
        return list(dict.fromkeys(name for name in names if name))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if any(len(name) > 40 for name in value):
            raise forms.ValidationError("A skill is a word or two: 40 characters at most, commas between them.")

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class IdeaForm(forms.ModelForm[Project]):
    """Every field of an idea."""

    required_skills = SkillNames(required=False, help_text='Tags with commas between them, such as "C, Perl".')
    preferred_skills = SkillNames(required=False, help_text="Good to have, not needed to begin.")

    class Meta:
        model = Project
        fields = [
            "title", "summary", "difficulty_from", "difficulty_to", "description", "outcomes", "steps", "skills",
            "required_skills", "preferred_skills", "references", "system_requirements", "channels", "also_gsoc",
            "verified_on",
        ]  # fmt: skip
        widgets = {name: forms.Textarea(attrs={"rows": 8}) for name in SECTIONS} | {
            "channels": forms.Textarea(attrs={"rows": 2}),
            "verified_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"difficulty_from": "Difficulty, from", "difficulty_to": "to", "verified_on": "Last verified on"}
        help_texts = {
            "description": "What it is about, and why it matters. Markdown.",
            "outcomes": "What will be there at the end, so that one can tell success. Markdown.",
            "steps": "The way there, one step after the other; say which are optional or a stretch. Markdown.",
            "skills": "What an intern needs to know, and what she will learn. Markdown.",
            "references": "Links to read first. Markdown.",
            "channels": "Mailing lists and chat rooms to join for this project.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            tags = self.instance.skill_tags.select_related("skill")
            self.initial["required_skills"] = [tag.skill.name for tag in tags if tag.is_required]
            self.initial["preferred_skills"] = [tag.skill.name for tag in tags if not tag.is_required]


class ProposalForm(IdeaForm):
    """A new idea; its proposer may mentor it."""

    will_mentor = forms.BooleanField(required=False, label="I will mentor this project")


class EditForm(IdeaForm):
    """A change of an idea, made on the revision its writer saw."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput)


class PointForm(forms.ModelForm[ReviewPoint]):
    class Meta:
        model = ReviewPoint
        fields = ["section", "body"]
        labels = {"body": "Your remark"}
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", "the whole idea"), *SECTIONS.items()]  # type: ignore[attr-defined]  # a model's choices make a ChoiceField


class ReplyForm(forms.Form):
    body = forms.CharField(label="Your answer", max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))


class BecauseForm(forms.Form):
    """Words for a deed; the action says whether it needs them."""

    because = forms.CharField(label="Reason", max_length=500, required=False)


class SeenRevisionForm(forms.Form):
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)


class CompareForm(forms.Form):
    """Which two revisions to compare, in either order."""

    one = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    other = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class CopyForm(forms.Form):
    """Where a copy of an idea begins; the rest is changed in its draft."""

    community = forms.ModelChoiceField(Community.objects.all(), empty_label=None)
    title = forms.CharField(max_length=200)


class ListingForm(forms.Form):
    interns_wanted = forms.IntegerField(min_value=1, max_value=20, initial=1, label="Interns wanted")


class CarryOverForm(forms.Form):
    """Which of the projects that a round does not list are to be offered there, and which are still true today."""

    projects = forms.ModelMultipleChoiceField(Project.objects.none(), required=False)
    verified = forms.ModelMultipleChoiceField(Project.objects.none(), required=False)

    def __init__(self, data: QueryDict, *, offerable: QuerySet[Project]) -> None:
        data = data.copy()
        if "all" in data:
            data.setlist("projects", [str(project.pk) for project in offerable])
        super().__init__(data)
        for name in ("projects", "verified"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = offerable


class TaskForm(forms.ModelForm[StarterTask]):
    """A starter task in its mentor's words."""

    link = forms.URLField(
        max_length=2000,
        assume_scheme="https",
        help_text="Where the work is described: a bug report, a page, a mail in the list's archive.",
        widget=forms.URLInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )

    class Meta:
        model = StarterTask
        fields = ["title", "link", "size", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": "What is to be done, in a few words.",
            "size": "For somebody who sees the code for the first time.",
            "description": "Where to begin, and how one knows that it is finished. Markdown.",
        }
