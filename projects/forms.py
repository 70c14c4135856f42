"""How ideas are written, and how their review is asked."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.crypto import get_random_string

from opw.communities.models import Community
from opw.comparing import Change, compared
from opw.errors import Refused
from opw.text import one_plain_line, same_but_for_white_space
from projects.models import SECTIONS, IdeaDraft, Opened, Project, ReviewPoint, StarterTask
from projects.parts import PARTS, SKILL_TAGS, Part, facts_of, in_words

SKILLS_AT_MOST = 20


class Line(forms.CharField):
    """A text of one line."""

    def clean(self, value: Any) -> str:
        return one_plain_line(super().clean(value))


class Uncut(forms.BaseForm):
    """Takes whatever is pasted: a browser that knows a limit cuts there and says nothing; the answer says it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)


class SkillNames(forms.CharField):
    """Skill tags, typed with commas between them."""

    def to_python(self, value: Any) -> Any:
        names = [name.strip() for name in (super().to_python(value) or "").split(",")]
        return list(dict.fromkeys(name for name in names if name))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > SKILLS_AT_MOST:
            raise forms.ValidationError(f"{len(value)} skills are too many to read; {SKILLS_AT_MOST} at most.")
        if any(len(name) > 40 for name in value):
            raise forms.ValidationError("A skill is a word or two: 40 characters at most, commas between them.")
        for name in value:
            one_plain_line(name)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


LARGEST_PAGE = 5 * 1024 * 1024


class IdeaForm(Uncut, forms.ModelForm[Project]):
    """Those fields of an idea that are asked for."""

    required_skills = SkillNames(required=False, help_text='Tags with commas between them, such as "C, Perl".')
    preferred_skills = SkillNames(required=False, help_text="Good to have, not needed to begin.")

    class Meta:
        model = Project
        field_classes = {"title": Line, "summary": Line}
        fields = [name for part in PARTS for name in part.fields if name not in SKILL_TAGS]
        widgets = {name: forms.Textarea(attrs={"rows": 12}) for name in SECTIONS} | {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "references": forms.Textarea(attrs={"rows": 6}),
            "system_requirements": forms.Textarea(attrs={"rows": 4}),
            "channels": forms.Textarea(attrs={"rows": 3}),
            "verified_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"difficulty_from": "Difficulty, from", "difficulty_to": "to", "verified_on": "Last verified on"}
        help_texts = {
            "title": "What it is about, in a few words that stand alone in a list.",
            "description": "What it is about, and why it matters. Markdown.",
            "outcomes": "What will be there at the end, so that one can tell success. Markdown.",
            "steps": "The way there, one step after the other; say which are optional or a stretch. Markdown.",
            "skills": "What an intern needs to know, and what she will learn. Markdown.",
            "references": "Links to read first. Markdown.",
            "system_requirements": "A machine, a device or an account that she needs. Markdown.",
            "channels": "Mailing lists and chat rooms to join for this project. Markdown.",
        }

    def __init__(self, data: QueryDict | None = None, *, asks: Iterable[str], **more: Any) -> None:
        super().__init__(data, **more)
        for name in {name for part in PARTS for name in part.fields}.difference(asks):
            del self.fields[name]


class ProposalForm(IdeaForm):
    """How an idea begins; its proposer may mentor it."""

    will_mentor = forms.BooleanField(required=False, label="I will mentor this project")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, asks=["title", "summary"])


class PartForm(IdeaForm):
    """One part of an idea, with what its writer saw of it, and the version of her draft."""

    _again = {"required": "Please open this page again, and put in what you typed.", "invalid": "Please open it again."}
    seen = forms.CharField(widget=forms.HiddenInput, error_messages=_again)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput, error_messages=_again)
    page = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, project: Project, part: Part, draft: IdeaDraft | None) -> None:
        self.part = part
        self.said = facts_of(project, part.fields)
        shown: dict[str, Any] = {name: self.said[name] for name in part.fields if name in SKILL_TAGS}
        shown |= {"seen": json.dumps(self.said), "version": 0, "page": get_random_string(12)}
        if draft:
            shown |= draft.typed | {"seen": json.dumps(draft.seen), "version": draft.version}
        super().__init__(data.copy() if data is not None else None, asks=part.fields, instance=project, initial=shown)

    def clean_seen(self) -> dict[str, str]:
        try:
            seen = json.loads(self.cleaned_data["seen"])
        except (ValueError, RecursionError):
            raise forms.ValidationError(self._again["required"]) from None
        as_shown = isinstance(seen, dict) and seen.keys() == set(self.part.fields)
        if not as_shown or not all(isinstance(words, str) and "\0" not in words for words in seen.values()):
            raise forms.ValidationError(self._again["required"])
        return dict(seen)

    @property
    def typed(self) -> dict[str, str]:
        """The part's fields as they were sent, whether they can be saved or not."""
        return {name: self.data.get(name, "").replace("\0", "") for name in self.part.fields}

    @property
    def edits(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.part.fields}

    @property
    def opened(self) -> Opened:
        """What this page knows; where it does not say so, it is not one of ours."""
        self.is_valid()
        try:
            return Opened(*(self.cleaned_data[name] for name in ("seen", "version", "page")))
        except KeyError:
            raise Refused(self._again["required"]) from None

    @property
    def adds_nothing(self) -> bool:
        """Whether the idea says all of this already."""
        mine = self.words()
        return all(same_but_for_white_space(mine[name], self.said[name]) for name in self.part.fields)

    def words(self, typed: Mapping[str, str] | None = None) -> dict[str, str]:
        """What was typed, in the words in which an idea says it; what cannot be read as it was typed."""
        typed = self.typed if typed is None else typed
        return {name: self._words(name, typed) for name in self.part.fields}

    def differences(self, other: Mapping[str, str]) -> list[Change]:
        """Where this text and another one differ, field by field."""
        mine = self.words()
        return [
            compared(str(self[name].label), other[name], mine[name])
            for name in self.part.fields
            if not same_but_for_white_space(other[name], mine[name])
        ]

    def go_on_from(self, newer: "PartForm") -> None:
        """Take over what others changed where nothing was typed here; the next save builds on what they wrote."""
        seen, mine = self.cleaned_data["seen"], self.words()
        for name in self.part.fields:
            if same_but_for_white_space(mine[name], seen[name]):
                self._put(name, newer[name].value())
        self._put("seen", newer["seen"].value())

    def knows(self, draft: IdeaDraft) -> bool:
        """Whether the draft was saved from this page, or was shown on it."""
        return self.data.get("version") == str(draft.version) or self.data.get("page") == (draft.page or None)

    def go_on_with(self, version: int) -> None:
        """Let the next save end the draft of another window, now that its writer is shown it."""
        self._put("version", version)

    def _put(self, name: str, value: Any) -> None:
        data = self.data.copy()  # type: ignore[attr-defined]  # a bound form's is a QueryDict
        data[name] = "" if value is None or value is False else str(value)
        self.data = data

    def _words(self, name: str, typed: Mapping[str, str]) -> str:
        field = self.fields[name]
        try:
            value = field.clean(field.widget.value_from_datadict(typed, {}, name))
        except forms.ValidationError:
            return typed[name]
        return in_words({name: value})[name]


class PointForm(Uncut, forms.ModelForm[ReviewPoint]):
    class Meta:
        model = ReviewPoint
        fields = ["section", "body"]
        labels = {"body": "Your remark"}
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", "the whole idea"), *SECTIONS.items()]  # type: ignore[attr-defined]  # a model's choices make a ChoiceField


class ReplyForm(Uncut, forms.Form):
    body = forms.CharField(label="Your answer", max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))


class BecauseForm(Uncut, forms.Form):
    """Words for a deed; the action says whether it needs them."""

    because = Line(label="Reason", max_length=500, required=False)


class SeenRevisionForm(forms.Form):
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)


class CompareForm(forms.Form):
    """Which two revisions to compare, in either order."""

    one = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    other = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class PageForm(forms.Form):
    """A wiki page, or an export, as a file or as a pasted text."""

    file = forms.FileField(
        label="A file", required=False, help_text="Text in UTF-8, of 5 MB at most. Its name does not matter."
    )
    text = forms.CharField(
        label="Or the text itself", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    is_reviewed = forms.BooleanField(
        label="Its ideas are reviewed",
        required=False,
        help_text="Each becomes a reviewed project, by an approval that is marked as the import's.",
    )

    @property
    def source(self) -> str:
        """The field that holds the page."""
        return "file" if self.cleaned_data.get("file") else "text"

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors and bool(data.get("file")) == bool(data["text"].strip()):
            raise forms.ValidationError("Give the page as a file or as a text: one of the two.")
        size = data["file"].size if data.get("file") else len(data.get("text", "").encode())
        if size > LARGEST_PAGE:
            self.add_error(self.source, "The page is larger than 5 MB. Import it in parts.")
        return data

    def content(self) -> str | bytes:
        """The page, unread."""
        data: dict[str, Any] = self.cleaned_data
        page: str | bytes = data["file"].read() if self.source == "file" else data["text"]
        return page


class ChosenForm(forms.Form):
    """Which ideas of a page to import, by their places on it."""

    places = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data: QueryDict, *, ideas: int) -> None:
        super().__init__(data)
        self.fields["places"].choices = [(place, place) for place in range(ideas)]  # type: ignore[attr-defined]  # as above


class CopyForm(Uncut, forms.Form):
    """Where a copy of an idea begins; the rest is changed in its draft."""

    community = forms.ModelChoiceField(Community.objects.all(), empty_label=None)
    title = Line(max_length=200)


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


class TaskForm(Uncut, forms.ModelForm[StarterTask]):
    """A starter task in its mentor's words."""

    link = forms.URLField(
        max_length=2000,
        assume_scheme="https",
        help_text="Where the work is described: a bug report, a page, a mail in the list's archive.",
        widget=forms.URLInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )

    class Meta:
        model = StarterTask
        field_classes = {"title": Line}
        fields = ["title", "link", "size", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": "What is to be done, in a few words.",
            "size": "For somebody who sees the code for the first time.",
            "description": "Where to begin, and how one knows that it is finished. Markdown.",
        }

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        parts = urlsplit(link)
        if parts.username is not None or parts.password is not None:
            raise forms.ValidationError("Leave the name and password out of the link.")
        return link
