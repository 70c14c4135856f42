"""Forms say what is asked, what must be answered and what is wrong, to eyes and to screen readers alike."""

import pytest
from django import forms
from django.template.loader import render_to_string

from tests.look.page import element, elements


class IdeaForm(forms.Form):
    title = forms.CharField(help_text="One line.")
    summary = forms.CharField(widget=forms.Textarea, required=False)
    level = forms.ChoiceField(choices=[("basic", "Basic"), ("medium", "Medium")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I have read this", help_text="All of it.")
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("The round is closed.")


def render(form: forms.Form) -> str:
    return render_to_string("_form.html", {"form": form, "submit": "Save"})


def test_a_form_that_nobody_sent_announces_nothing() -> None:
    html = render(IdeaForm())

    assert elements(html, role="alert") == []
    assert elements(html, aria_invalid="true") == []


def test_the_summary_is_announced_focused_and_leads_to_each_field() -> None:
    html = render(IdeaForm({"summary": "kept"}))

    summary = element(html, role="alert")
    links = [link.attrs["href"] or "" for link in elements(html, "a")]
    ids = {each.attrs.get("id") for each in elements(html)}
    assert summary.attrs | {"tabindex": "-1", "autofocus": None} == summary.attrs
    assert "The round is closed." in summary.text
    assert links == ["#id_title", "#id_level_0", "#id_agree"]
    assert {link.removeprefix("#") for link in links} <= ids


@pytest.mark.parametrize("name", ["title", "agree"])
def test_a_wrong_field_names_its_help_and_its_error(name: str) -> None:
    html = render(IdeaForm({}))

    field = element(html, "input", name=name)
    told = [element(html, id=told).text for told in (field.attrs["aria-describedby"] or "").split()]
    assert field.attrs["aria-invalid"] == "true"
    assert told[0] in {"One line.", "All of it."}
    assert told[1] == "Problem: This field is required."


def test_a_wrong_choice_names_its_error_on_the_whole_question() -> None:
    html = render(IdeaForm({}))

    question = element(html, "fieldset")
    assert element(html, id=question.attrs["aria-describedby"] or "").text == "Problem: This field is required."


def test_required_is_said_in_words() -> None:
    html = render(IdeaForm())

    assert element(html, "label", for_="id_title").text == "Title (required)"
    assert element(html, "label", for_="id_summary").text == "Summary"
    assert element(html, "legend").text == "Level (required)"


def test_a_hidden_field_that_is_wrong_is_told_as_well() -> None:
    html = render(IdeaForm({"title": "x", "level": "basic", "agree": "on"}))

    assert [line.text for line in elements(html, "li")] == ["The round is closed.", "This field is required."]


def test_every_id_stands_once() -> None:
    html = render(IdeaForm({}))

    ids = [each.attrs["id"] or "" for each in elements(html) if "id" in each.attrs]
    assert sorted(ids) == sorted(set(ids))


def test_what_was_typed_is_still_there() -> None:
    assert element(render(IdeaForm({"summary": "kept & safe"})), "textarea").text == "kept & safe"
