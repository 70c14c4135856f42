"""Nasty input in every box of the projects' forms: a sentence beside the field or a safe page, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from projects.models import Project, StarterTask
from projects.parts import PARTS, Part
from tests import make
from tests.look.page import elements

pytestmark = pytest.mark.django_db

SAFE_LINKS = ("https:", "http:", "mailto:", "/", "#", "?")
NASTY = {
    "a script": "<script>alert(1)</script> after it",
    "a handler": '<a href="https://example.org" onclick="alert(1)">x</a> <svg onload=alert(1)>',
    "a javascript link": "[x](javascript:alert(1)) [y](JaVaScRiPt&colon;alert(1)) <javascript:alert(1)>",
    "a quote that breaks out": '"><img src=x onerror=alert(1)>',
    "a textarea that ends": "</textarea><script>alert(1)</script>",
    "a template": "{{ 7|add:7 }} {% csrf_token %} {# gone #}",
    "an image from elsewhere": "![plan](https://evil.example/track.png)",
    "a megabyte": "long " * 200_000,
    "two hundred characters": "x" * 200,
    "one word of five thousand": "x" * 5_000,
    "writing turned around": "Boot \u202e faster",
    "right to left": "\u200fאתחול מהיר יותר",
    "NUL": "Boot\x00faster",
    "escape": "Boot\x1b[31m faster",
    "emoji": "Boot 👩\u200d💻🇰🇪🦊 faster",
    "brackets without end": "[" * 19_000,
    "lists without end": "1. " * 6_000,
    "a formula": '=cmd|"/c calc"!A1',
    "line ends": "Boot\r\nBcc: evil@example.org\r\n\r\nfaster",
}


def in_project(name: str, *more: str) -> Callable[[Project], str]:
    return lambda project: reverse(f"projects:{name}", args=[project.community.slug, project.slug, *more])


def of_task(project: Project) -> str:
    task = StarterTask.objects.filter(project=project).first() or make.task(project)
    return reverse("projects:edit_task", args=[task.pk])


def of_point(name: str) -> Callable[[Project], str]:
    return lambda project: reverse(f"projects:{name}", args=[make.point(project).pk])


TASK = {"title": "Mend a test", "link": "https://bugs.example.org/7", "size": "day", "description": ""}
Box = tuple[Callable[[Project], str], Callable[[Project], dict[str, Any]]]


def boxes_of(part: Part) -> dict[str, Box]:
    """The boxes of a part of an idea in which one types."""
    chosen = {"difficulty_from", "difficulty_to", "also_gsoc"}
    box = (in_project("edit", part.name), lambda project: make.form_of(project, part.name))
    return {f"{name} of an idea": box for name in part.fields if name not in chosen}


def proposing(project: Project) -> str:
    return reverse("projects:propose", args=[project.community.slug])


# Every box in which one types: where it is sent, and what is sent with it.
BOXES: dict[str, Box] = {
    **{name: box for part in PARTS for name, box in boxes_of(part).items()},
    "title of a proposal": (proposing, lambda project: {}),
    "summary of a proposal": (proposing, lambda project: {"title": "Boot"}),
    "title of a copy": (in_project("copy"), lambda project: {"community": project.community_id}),
    "body of a point": (in_project("open_point"), lambda project: {"section": ""}),
    "body of an answer": (of_point("answer_point"), lambda project: {}),
    "because of a resolution": (of_point("resolve_point"), lambda project: {}),
    "title of a new task": (in_project("offer_task"), lambda project: TASK),
    "link of a new task": (in_project("offer_task"), lambda project: TASK),
    "description of a new task": (in_project("offer_task"), lambda project: TASK),
    "title of a task": (of_task, lambda project: TASK),
    "link of a task": (of_task, lambda project: TASK),
    "description of a task": (of_task, lambda project: TASK),
}


@pytest.mark.parametrize("box", BOXES)
def test_nasty_input_breaks_nothing_and_is_not_lost(client, box):
    project = make.idea()
    client.force_login(make.coordinator_of(project))

    went_wrong = {nasty: words for nasty in NASTY if (words := what_goes_wrong(client, project, box, NASTY[nasty]))}

    assert went_wrong == {}


def what_goes_wrong(client: Client, project: Project, box: str, typed: str) -> str:
    """Type this into a box, and read what comes back, or the pages on which it is shown."""
    project.refresh_from_db()
    name, (address, sent_with) = box.split()[0], BOXES[box]
    answer = client.post(address(project), sent_with(project) | {name: typed})
    if answer.status_code == 302:
        shown = [answer["Location"], project.get_absolute_url(), reverse("projects:ideas")]
        return (
            "" if all(is_safe(client.get(page).text) for page in shown) else "a page on which it is shown is not safe"
        )
    if answer.status_code != 200:
        return f"answered with {answer.status_code}"
    form = answer.context["form"]
    if list(form.errors) != [name] or form[name].value() != typed:
        return "what was typed did not come back, with a sentence beside it"
    return "" if is_safe(answer.text) else "the form is not safe"


def is_safe(page: str) -> bool:
    """Whether nothing runs on this page but our own modules, and nothing leads or loads from where it must not."""
    found = elements(page)
    scripts = [element.attrs.get("src") or "" for element in found if element.tag == "script"]
    handlers = [name for element in found for name in element.attrs if name.startswith("on")]
    loaded = [element for element in found if element.tag in ("img", "iframe", "object", "embed", "base")]
    links = [link for element in found if (link := element.attrs.get("href")) and not link.startswith(SAFE_LINKS)]
    return all(one.startswith("/static/") for one in scripts) and not handlers and not loaded and not links


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("javascript:alert(1)", "Enter a valid URL."),
        ("ftp://example.org/x", "Enter a valid URL."),
        ("data:text/html,x", "Enter a valid URL."),
        ("https://ada:secret@example.org/x", "Leave the name and password out of the link."),
        ("https://ada@example.org/x", "Leave the name and password out of the link."),
        ("https://[::1", "Enter a valid URL."),
        ("https://", "Enter a valid URL."),
    ],
)
def test_a_link_leads_to_the_web_and_holds_no_secret(client, link, sentence):
    project = make.idea()
    client.force_login(make.coordinator_of(project))

    page = client.post(in_project("offer_task")(project), TASK | {"link": link})

    assert page.context["form"].errors == {"link": [sentence]}
    assert page.context["form"]["link"].value() == link
    assert not StarterTask.objects.exists()


@pytest.mark.parametrize("nasty", NASTY)
def test_a_preview_of_nasty_input_is_safe(client: Client, nasty):
    client.force_login(make.user())

    page = client.post(reverse("projects:preview"), {"text": NASTY[nasty]})

    assert page.status_code == 200
    assert is_safe(page.text)


@pytest.mark.parametrize("nasty", NASTY)
def test_a_draft_of_nasty_input_is_kept_or_refused_in_words(client: Client, nasty):
    project = make.idea()
    client.force_login(make.proposer_of(project))
    typed = make.form_of(project, "steps", steps=NASTY[nasty])

    answer = client.post(in_project("keep_draft", "steps")(project), typed)
    page = client.get(in_project("edit", "steps")(project))

    assert (answer.status_code, page.status_code) == ((400 if nasty == "a megabyte" else 200), 200)
    assert is_safe(page.text)


@pytest.mark.parametrize("skills", [", ".join(f"skill {n}" for n in range(21)), "x" * 41])
def test_skills_that_nobody_reads_are_refused_in_words(client, skills):
    project = make.idea()
    client.force_login(make.proposer_of(project))

    page = client.post(in_project("edit", "skills")(project), make.form_of(project, "skills", required_skills=skills))

    assert list(page.context["form"].errors) == ["required_skills"]
    assert page.context["form"]["required_skills"].value() == skills
