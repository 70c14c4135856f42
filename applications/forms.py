"""The forms applicants fill in; most of their fields are a round's own questions."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from applications import permissions
from applications.actions.asking import WORDING
from applications.fields import field_of
from applications.links import Link, check_link, plain, read, read_subject
from applications.models import Contribution, Question, Written
from applications.steps import Answers
from opw.accounts.models import User
from opw.communities.models import Community
from opw.overtaking import SeenForm
from opw.rounds.models import Deadline, Round
from projects.models import Listing, StarterTask


class AnswersForm(forms.Form):
    """The questions a round asks in its applications.

    As a draft anything may be missing or too long; submitting, the round's rules hold. Nothing is ever cut.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, data: Any, *, round: Round, written: Written | None, submitting: bool = False) -> None:
        super().__init__(data, initial=_initial(written))
        self.round = round
        self.questions = list(round.questions.filter(form=Question.Form.APPLICATION))
        for question in self.questions:
            self.fields[question.key] = field_of(question, submitting=submitting)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the keys of the questions."""
        typed = ((question.key, self.cleaned_data.get(question.key)) for question in self.questions)
        return {key: "" if value is None else str(value) for key, value in typed}

    @property
    def seen(self) -> dict[str, Any]:
        """What this page knows of the draft: the version it was opened with or saved last, and which page it is."""
        return {"seen_version": self.cleaned_data["version"], "page": self.cleaned_data["page"]}

    def continued_from(self, version: int, *, submitting: bool = False) -> "AnswersForm":
        """The same words again, to be saved on top of a version that their writer has now been shown."""
        return AnswersForm(
            _with(self.data, version=str(version)), round=self.round, written=None, submitting=submitting
        )

    def beside(self, stored: dict[str, str]) -> list[tuple[forms.BoundField, str | None]]:
        """Each field of this page with what is stored elsewhere; None where that is the same."""
        answers = self.answers
        return [
            (self[question.key], other if (other := stored.get(question.key, "")) != answers[question.key] else None)
            for question in self.questions
        ]


class ContributionForm(forms.ModelForm[Contribution]):
    """A contribution by its link. What is left empty is read from it, and shown once more before it is recorded."""

    url = forms.URLField(
        label="Link",
        max_length=2000,
        assume_scheme="https",
        help_text="Where the work can be seen: a merge request, a mail in the list's archive, a bug report.",
        widget=forms.URLInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    kind = forms.ChoiceField(choices=[("", "what the link says"), *Contribution.Kind.choices], required=False)
    title = forms.CharField(
        max_length=200,
        required=False,
        help_text="A few words by which you and the mentors recognise it; of a patch sent by mail its subject, "
        "[PATCH v2 1/3] and all.",
    )
    link: Link | None = None  # what was read, when she has not seen it yet

    class Meta:
        model = Contribution
        fields = ["url", "kind", "title"]

    def __init__(self, data: QueryDict | None, *, listing: Listing, by: User, at: datetime) -> None:
        super().__init__(data)
        tasks = StarterTask.objects.filter(project=listing.project_id)
        choices = tasks.open_to(by, at)
        if choices.exists():
            self.fields["task"] = forms.ModelChoiceField(
                choices,
                required=False,
                initial=tasks.held_by(by, at).first(),
                label="Starter task",
                empty_label="none of them",
                help_text="If this is the work on one of the project's starter tasks.",
                error_messages={"invalid_choice": "Somebody else has taken that starter task. Choose none of them."},
            )

    def clean_url(self) -> str:
        check_link(self.cleaned_data["url"])
        return plain(self.cleaned_data["url"])

    def clean(self) -> dict[str, Any]:
        """Fill in from the link what was left empty, or ask for what it does not say."""
        facts: dict[str, Any] = super().clean() or {}
        empty = [name for name in ("kind", "title") if facts.get(name) == ""]
        if empty and "url" in facts:
            link = read(facts["url"])
            said = {"kind": _kind(link, facts.get("title", "")), "title": link.title}
            self.link, self.data = link, _with(self.data, **{name: said[name] for name in empty})
            for name in empty:
                if not said[name]:
                    self.add_error(name, "The link does not say it. Please say what this is.")
        return facts

    @property
    def is_complete(self) -> bool:
        """Whether she has said or seen everything that is going to be recorded."""
        return self.is_valid() and self.link is None


def _with(typed: Mapping[str, Any], **facts: str) -> QueryDict:
    """What was typed, with these fields filled in."""
    data = QueryDict(mutable=True)
    data.update(typed)
    for name, fact in facts.items():
        data[name] = fact
    return data


def _kind(link: Link, title: str) -> str:
    """The kind that a link has; an answer to somebody's patch on a list is a review."""
    subject = read_subject(title)
    answers = link.is_mail and subject.is_patch and subject.is_reply
    return Contribution.Kind.CODE_REVIEW if answers else link.kind


class ListingChoice(forms.ModelChoiceField[Listing]):
    """A listing among those of all communities."""

    def label_from_instance(self, listing: Listing) -> str:
        return f"{listing.project} ({listing.community})"


class MoveForm(forms.Form):
    """Where what was done for a project that was withdrawn goes on."""

    to = ListingChoice(
        Listing.objects.none(),
        label="Project",
        empty_label="Choose a project",
        error_messages={"invalid_choice": "You cannot begin at this project any more. Please choose another one."},
    )
    with_contributions = forms.BooleanField(
        required=False,
        initial=True,
        label="Take my contributions along",
        help_text="The mentors of the new project see them, and say themselves whether they count there.",
    )

    def __init__(self, data: Any, *, choices: QuerySet[Listing], has_contributed: bool) -> None:
        super().__init__(data)
        if not has_contributed:
            del self.fields["with_contributions"]
        field = self.fields["to"]
        assert isinstance(field, ListingChoice)
        field.queryset = choices


def _initial(written: Written | None) -> dict[str, Any]:
    opened = {"version": written.draft_version if written else 0, "page": secrets.token_urlsafe(9)}
    return {**written.answers, **written.draft, **opened} if written else opened


class StepForm(forms.Form):
    """Some questions of an initial application, filled in from what was answered before."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    page = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(
        self, data: Any, *, questions: list[Question], answers: Answers, version: int, submitting: bool = False
    ) -> None:
        super().__init__(data, initial={**answers, "version": version, "page": secrets.token_urlsafe(9)})
        self.questions = questions
        for question in questions:
            self.fields[question.key] = field_of(question, submitting=submitting)

    @property
    def answers(self) -> Answers:
        """What was answered, by the keys of the questions: rows as rows, everything else as text."""
        cleaned = {question.key: self.cleaned_data.get(question.key) for question in self.questions}
        return {
            key: answer if isinstance(answer, list) else "" if answer is None else str(answer)
            for key, answer in cleaned.items()
        }

    @property
    def seen(self) -> dict[str, Any]:
        """What this page knows of the draft, as in an application's form."""
        return {"seen_version": self.cleaned_data["version"], "page": self.cleaned_data["page"]}

    def continued_from(self, version: int, *, submitting: bool = False) -> "StepForm":
        """The same words again, to be saved on top of a version that their writer has now been shown."""
        data = _with(self.data, version=str(version))
        again = StepForm(data, questions=self.questions, answers={}, version=version, submitting=submitting)
        for complaint in self.non_field_errors():
            again.add_error(None, complaint)
        return again


class EligibilityForm(forms.Form):
    """What a coordinator decides of somebody in doubt."""

    decision = forms.TypedChoiceField(
        choices=[("yes", "She can take part"), ("no", "She cannot take part in this round")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        max_length=1000,
        label="Why",
        help_text="She reads this, in a letter, as you write it.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExtensionForm(forms.Form):
    """More time: for whom, for what, until when and why."""

    community = forms.ModelChoiceField(Community.objects.none(), empty_label="all communities")
    email = forms.EmailField(
        required=False,
        label="One person",
        help_text="Her e-mail address. Leave it empty to give time to everybody.",
    )
    deadline = forms.ChoiceField(choices=Deadline.choices, label="Which deadline")
    until_at = forms.DateTimeField(
        label="Until", help_text="UTC, as 2026-11-11 19:00.", widget=forms.DateTimeInput(format="%Y-%m-%d %H:%M")
    )
    reason = forms.CharField(max_length=500, label="Why", help_text="Coordinators read it; it is in no letter.")

    def __init__(self, data: Any, *, round: Round, by: User) -> None:
        super().__init__(data, initial={"until_at": round.applications_close_at})
        self.by = by
        communities = Community.objects.filter(participations__round=round)
        community = cast("forms.ModelChoiceField[Community]", self.fields["community"])
        community.queryset = communities if by.is_staff else communities.filter(coordinators=by)
        community.required = not by.is_staff

    def clean(self) -> dict[str, Any]:
        """Name the person of the address; one whom the coordinator must not know is as nobody."""
        cleaned = super().clean() or {}
        email = cleaned.pop("email", "")
        person = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
        may = permissions.may_extend(self.by, cleaned.get("community"), person)
        if email and (person is None or not may):
            self.add_error("email", "Nobody with this address can be given time here.")
        return cleaned | {"person": person}


class RemindersForm(forms.Form):
    """When before a deadline one wants a letter."""

    hours_before = forms.TypedMultipleChoiceField(
        choices=[(168, "A week before"), (72, "3 days before"), (24, "1 day before"), (3, "3 hours before")],
        coerce=int,
        required=False,
        label="Write to me",
        help_text="Only of what you have not done yet. None of them: no reminders.",
        widget=forms.CheckboxSelectMultiple,
    )


class DeclineForm(forms.Form):
    """Why somebody does not take her place, if she likes to say it."""

    reason = forms.CharField(
        required=False,
        max_length=1000,
        label="Why, if you like to say it",
        help_text="The program's coordinators read it, nobody else.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class QuestionForm(SeenForm, forms.ModelForm[Question]):
    """A question as its coordinator fills it in; the conditions only where eligibility is asked."""

    class Meta:
        model = Question
        fields = [
            "label", "help_text", "section", "kind", "options", "is_required", "words_at_most", "ineligible_if",
            "ineligible_because", "whom_to_ask", "in_doubt_if",
        ]  # fmt: skip
        labels = {"label": "Question", "help_text": "What helps to answer it"}
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("options", "ineligible_if", "in_doubt_if")}

    def __init__(self, data: Any, *, instance: Question, only_wording: bool) -> None:
        super().__init__(data, instance=instance)
        excluded = {"ineligible_if", "ineligible_because", "whom_to_ask", "in_doubt_if", "section"}
        for name in list(self.fields):
            is_asked = instance.form == Question.Form.INITIAL or name not in excluded
            if not is_asked or (only_wording and name not in {*WORDING, "seen"}):
                del self.fields[name]


class MessageForm(forms.Form):
    body = forms.CharField(label="Message", max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class ContactForm(forms.Form):
    prefix = "elsewhere"  # it stands on one page with a message's form
    body = forms.CharField(
        label="Where did you say hello?",
        max_length=300,
        help_text="A mailing list, a chat channel, an event; a link if there is one.",
    )
