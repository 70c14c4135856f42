"""What is typed into an idea's form and not saved is kept as its writer's own draft."""

import json
from typing import Any

import pytest
from django.test import Client

from projects import actions
from projects.models import IdeaDraft, Project
from tests import make
from tests.projects.idea_form import address, opened, sent_again, writing

pytestmark = pytest.mark.django_db


def kept(client: Client, project: Project, part: str, typed: dict[str, Any]) -> Any:
    return client.post(address(project, part, "keep_draft"), typed)


def test_what_is_typed_is_kept_without_touching_the_idea(client):
    project = writing(client, make.project())
    client.force_login(make.coordinator_of(project))
    make.approval(project)

    answer = kept(client, project, "outcomes", opened(client, project, "outcomes") | {"outcomes": "- Half a thou"})

    project.refresh_from_db()
    draft = IdeaDraft.objects.get()
    assert answer.json() == {"version": 1, "saved_at": draft.saved_at.isoformat()}
    assert draft.typed == {"outcomes": "- Half a thou"}
    assert (project.outcomes, project.revision, project.state) == (make.SECTIONS["outcomes"], 1, "reviewed")
    assert project.history.count() == 1
    assert project.approvals.standing().exists()


def test_a_draft_is_there_when_its_writer_comes_back(client):
    project = writing(client, make.idea())
    kept(client, project, "outcomes", opened(client, project, "outcomes") | {"outcomes": "- Half a thou"})

    page = client.get(address(project, "outcomes"))
    elsewhere = client.get(address(project, "steps"))

    assert page.context["form"]["outcomes"].value() == "- Half a thou"
    assert "You are back where you stopped." in page.text
    assert "not saved" in elsewhere.text


def test_a_draft_is_its_writers_alone(client):
    project = writing(client, make.idea())
    kept(client, project, "outcomes", opened(client, project, "outcomes") | {"outcomes": "- Half a thou"})
    client.force_login(make.coordinator_of(project))

    pages = [client.get(address(project, "outcomes")), client.get(project.get_absolute_url())]

    assert ["Half a thou" in page.text for page in pages] == [False, False]


def test_saving_ends_the_draft(client):
    project = writing(client, make.idea())
    typed = opened(client, project, "outcomes") | {"outcomes": "- All of it"}
    version = kept(client, project, "outcomes", typed).json()["version"]

    client.post(address(project, "outcomes"), typed | {"version": version, "save": "yes"})

    project.refresh_from_db()
    assert project.outcomes == "- All of it"
    assert not IdeaDraft.objects.exists()


def test_a_draft_that_arrives_after_its_text_was_saved_is_none(client):
    project = writing(client, make.idea())
    typed = opened(client, project, "outcomes") | {"outcomes": "- All of it"}
    client.post(address(project, "outcomes"), typed | {"save": "yes"})

    answer = kept(client, project, "outcomes", typed)

    assert answer.json()["version"] == 0
    assert not IdeaDraft.objects.exists()


def test_a_draft_is_discarded_by_its_button(client):
    project = writing(client, make.idea())
    kept(client, project, "outcomes", opened(client, project, "outcomes") | {"outcomes": "- Half a thou"})

    page = client.post(address(project, "outcomes", "discard_draft"), opened(client, project, "outcomes"), follow=True)

    assert page.context["form"]["outcomes"].value() == make.SECTIONS["outcomes"]
    assert not IdeaDraft.objects.exists()


def test_two_windows_do_not_overwrite_each_other(client):
    project = writing(client, make.idea())
    first, second = (opened(client, project, "outcomes") for _ in range(2))
    kept(client, project, "outcomes", first | {"outcomes": "- First"})

    answer = kept(client, project, "outcomes", second | {"outcomes": "- Second"})
    page = client.post(address(project, "outcomes"), second | {"outcomes": "- Second"})
    again = kept(client, project, "outcomes", sent_again(page))

    assert (answer.status_code, list(answer.json())) == (409, ["message"])
    assert [(change.pieces[-1].text, change.heading) for change in page.context["differences"]] == [
        ("Second", "Outcomes")
    ]
    assert (again.status_code, IdeaDraft.objects.get().typed) == (200, {"outcomes": "- Second"})


def test_saving_in_one_window_keeps_what_was_typed_in_another(client):
    project = writing(client, make.idea())
    first, second = (opened(client, project, "outcomes") for _ in range(2))
    kept(client, project, "outcomes", first | {"outcomes": "- First"})

    client.post(address(project, "outcomes"), second | {"outcomes": "- Second", "save": "yes"})

    project.refresh_from_db()
    assert project.outcomes == "- Second"
    assert IdeaDraft.objects.get().typed == {"outcomes": "- First"}


def test_a_window_that_lost_the_answer_to_its_save_goes_on(client):
    project = writing(client, make.idea())
    typed = opened(client, project, "outcomes")
    kept(client, project, "outcomes", typed | {"outcomes": "- One"})

    answer = kept(client, project, "outcomes", typed | {"outcomes": "- One, two"})

    assert answer.json()["version"] == 2


def test_a_draft_that_was_begun_on_an_older_text_does_not_overwrite_the_newer(client):
    project = writing(client, make.idea())
    kept(client, project, "outcomes", opened(client, project, "outcomes") | {"outcomes": "- Mine"})
    actions.edit_idea(project=project, by=make.user(), outcomes="- Theirs")

    page = client.post(address(project, "outcomes"), opened(client, project, "outcomes") | {"save": "yes"})

    project.refresh_from_db()
    assert "Somebody else changed this idea" in page.text
    assert project.outcomes == "- Theirs"


def test_what_cannot_be_saved_yet_is_kept_as_a_draft(client):
    project = writing(client, make.idea())
    typed = {"title": "", "difficulty_from": "3", "difficulty_to": "1", "summary": "a\x00b " + "x" * 400}

    answer = kept(client, project, "basics", opened(client, project, "basics") | typed)

    assert answer.status_code == 200
    assert IdeaDraft.objects.get().typed == typed | {"summary": "ab " + "x" * 400}


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": ""},
        {"version": "-1"},
        {"version": "one"},
        {"version": str(2**40)},
        {"seen": ""},
        {"seen": "{"},
        {"seen": "[]"},
        {"seen": "[" * 100_000},
        {"seen": json.dumps({"title": "a"})},
        {"seen": json.dumps({"outcomes": 1})},
        {"seen": json.dumps({"outcomes": "\0"})},
        {"page": "x" * 41},
        {"outcomes": "x" * 200_001},
    ],
)
def test_what_is_no_draft_of_ours_is_refused_in_words(client, wrong):
    project = writing(client, make.idea())
    typed = opened(client, project, "outcomes") | {"outcomes": "- Mine"}

    answers = [
        kept(client, project, "outcomes", typed | wrong),
        client.post(address(project, "outcomes"), typed | wrong | {"save": "yes"}),
        client.post(address(project, "outcomes", "discard_draft"), typed | wrong),
    ]

    project.refresh_from_db()
    assert [answer.status_code for answer in answers] == [400, 200, 302]
    assert list(answers[0].json()) == ["message"]
    assert project.outcomes == make.SECTIONS["outcomes"]
    assert not IdeaDraft.objects.exists()


def test_who_may_not_edit_keeps_no_draft(client):
    project = make.idea()
    client.force_login(make.user())

    assert kept(client, project, "outcomes", {"outcomes": "- Mine"}).status_code == 403
