"""An idea's form, part by part: what it shows and saves, its preview, and two people who write at once."""

import pytest
from django.urls import reverse

from projects import actions
from projects.models import Difficulty, IdeaDraft, Project
from projects.parts import PARTS
from tests import make
from tests.projects.idea_form import address, opened, sent_again, writing

pytestmark = pytest.mark.django_db


def test_every_part_has_its_page_and_leads_to_the_next(client):
    project = writing(client, make.idea())

    pages = [client.get(address(project, part.name)) for part in PARTS]

    assert [page.context["part"] for page in pages] == PARTS
    assert [page.context["next"] for page in pages] == [*PARTS[1:], None]
    assert ["What a good one looks like" in page.text for page in pages] == [True] * len(PARTS)


def test_every_field_is_asked_for_in_one_part():
    asked = [name for part in PARTS for name in part.fields]

    editable = {field.name for field in Project._meta.get_fields() if getattr(field, "editable", False)}
    assert sorted(asked) == sorted(
        editable - {"id", "community", "inserted_on"} | {"required_skills", "preferred_skills"}
    )


def test_a_section_leads_to_the_part_in_which_it_is_written(client):
    project = writing(client, make.idea())

    page = client.get(address(project, "system_requirements"))
    nowhere = client.get(address(project, "state"))

    assert page.context["part"].name == "practicalities"
    assert nowhere.status_code == 404


def test_a_part_is_saved_alone(client):
    project = writing(client, make.idea(steps="1. Measure"))

    page = client.post(
        address(project, "outcomes"), opened(client, project, "outcomes") | {"outcomes": "- Done.", "save": "yes"}
    )

    project.refresh_from_db()
    assert page["Location"] == project.get_absolute_url()
    assert (project.outcomes, project.steps, project.revision) == ("- Done.", "1. Measure", 2)


def test_a_field_of_another_part_is_not_taken(client):
    project = writing(client, make.idea(title="Boot"))
    typed = opened(client, project, "outcomes") | {"title": "Halt", "state": "reviewed", "save": "yes"}

    client.post(address(project, "outcomes"), typed)

    project.refresh_from_db()
    assert (project.title, project.state) == ("Boot", Project.State.IDEA)


def test_saving_can_go_on_with_the_next_part(client):
    project = writing(client, make.idea())

    page = client.post(address(project, "outcomes"), opened(client, project, "outcomes") | {"save": "next"})

    assert page["Location"] == address(project, "steps")


def test_what_a_draft_says_counts_from_its_publication_on(client):
    project = writing(client, make.project(state=Project.State.DRAFT))

    for part in ("outcomes", "steps"):
        client.post(address(project, part), opened(client, project, part) | {part: f"- {part} anew", "save": "yes"})

    project.refresh_from_db()
    assert (project.outcomes, project.steps, project.revision) == ("- outcomes anew", "- steps anew", 1)


def test_skills_are_saved_as_tags(client):
    project = writing(client, make.idea())
    make.tags(project, required=["Perl"])
    form = opened(client, project, "skills")

    client.post(
        address(project, "skills"),
        form | {"required_skills": "C, C, Perl", "preferred_skills": "sh", "save": "yes"},
    )

    assert form["required_skills"] == "Perl"
    assert [(tag.skill.name, tag.is_required) for tag in project.skill_tags.all()] == [
        ("C", True), ("Perl", True), ("sh", False),
    ]  # fmt: skip


# --- The preview ---


def test_a_preview_shows_what_the_page_will_show(client):
    client.force_login(make.user())

    page = client.post(reverse("projects:preview"), {"text": "- *one*\n- <script>alert(1)</script>"})

    assert page.status_code == 200
    assert "<em>one</em>" in page.text
    assert "<script" not in page.text


def test_a_preview_of_nothing_says_so(client):
    client.force_login(make.user())

    assert "Nothing is written yet." in client.post(reverse("projects:preview"), {"text": " \n"}).text


def test_what_is_too_long_to_be_saved_is_not_rendered(client):
    client.force_login(make.user())

    page = client.post(reverse("projects:preview"), {"text": "*a*" * 10_000})

    assert "longer than 20,000 characters" in page.text
    assert "<em>" not in page.text


def test_a_preview_is_for_people_who_are_signed_in_and_only_posted(client):
    address = reverse("projects:preview")

    visitor = client.post(address, {"text": "*a*"})
    client.force_login(make.user())
    looked_at = client.get(address)

    assert (visitor.status_code, looked_at.status_code) == (302, 405)


def test_the_preview_button_keeps_what_was_typed_and_saves_nothing(client):
    project = writing(client, make.idea())
    typed = opened(client, project, "outcomes") | {"outcomes": "- **bold** hopes", "preview": "yes"}

    page = client.post(address(project, "outcomes"), typed)

    project.refresh_from_db()
    assert "<strong>bold</strong> hopes" in page.text
    assert page.context["form"]["outcomes"].value() == "- **bold** hopes"
    assert (project.outcomes, project.revision) == (make.SECTIONS["outcomes"], 1)
    assert not IdeaDraft.objects.exists()


# --- Two people at once ---


def test_two_people_change_different_facts_of_one_part(client):
    project = writing(client, make.idea(channels="#boot"))
    hers = opened(client, project, "practicalities") | {"channels": "#mine", "save": "yes"}
    actions.edit_idea(project=project, by=make.user(), also_gsoc=True, verified_on="2026-11-01")

    page = client.post(address(project, "practicalities"), hers)
    project.refresh_from_db()
    not_yet = (project.channels, project.also_gsoc)
    client.post(address(project, "practicalities"), sent_again(page) | {"save": "yes"})

    project.refresh_from_db()
    assert "Somebody else changed this idea" in page.text
    assert not_yet == ("#boot", True)
    assert (project.channels, project.also_gsoc, str(project.verified_on)) == ("#mine", True, "2026-11-01")


@pytest.mark.parametrize(
    ("part", "theirs", "mine"),
    [
        ("basics", {"difficulty_from": Difficulty.BASIC, "difficulty_to": Difficulty.BASIC}, {"title": "Mine"}),
        ("basics", {"title": "Theirs"}, {"title": "Mine"}),
        ("outcomes", {"outcomes": "- Theirs"}, {"outcomes": "- Mine"}),
        ("skills", {"required_skills": ["C"], "preferred_skills": []}, {"required_skills": "Perl"}),
        ("practicalities", {"channels": "#theirs"}, {"channels": "#mine"}),
        ("practicalities", {"also_gsoc": True}, {"references": "Mine"}),
        ("practicalities", {"verified_on": "2026-11-01"}, {"verified_on": "2026-11-02"}),
    ],
)
def test_nobody_overwrites_what_she_did_not_see(client, part, theirs, mine):
    project = writing(client, make.idea())
    typed = opened(client, project, part) | mine | {"save": "yes"}
    actions.edit_idea(project=project, by=make.user(), **theirs)
    before = list(Project.objects.values())

    page = client.post(address(project, part), typed)

    assert page.status_code == 200
    assert "Somebody else changed this idea" in page.text
    assert list(Project.objects.values()) == before
    assert sent_again(page) | mine == sent_again(page)


def test_both_texts_stand_side_by_side(client):
    project = writing(client, make.idea(outcomes="- It boots in a second."))
    typed = opened(client, project, "outcomes") | {"outcomes": "- It boots in a minute.", "save": "yes"}
    actions.edit_idea(project=project, by=make.user(), outcomes="- It boots in an hour.")

    page = client.post(address(project, "outcomes"), typed)

    (change,) = page.context["differences"]
    assert [(piece.kind, piece.text) for piece in change.pieces] == [
        ("kept", "- It boots in "), ("gone", "an hour."), ("new", "a minute."),
    ]  # fmt: skip


def test_who_was_shown_both_texts_saves_hers(client):
    project = writing(client, make.idea())
    typed = opened(client, project, "outcomes") | {"outcomes": "- Mine", "save": "yes"}
    actions.edit_idea(project=project, by=make.user(), outcomes="- Theirs")

    again = sent_again(client.post(address(project, "outcomes"), typed))
    client.post(address(project, "outcomes"), again | {"save": "yes"})

    project.refresh_from_db()
    assert project.outcomes == "- Mine"


def test_an_edit_of_another_part_is_in_nobodys_way(client):
    project = writing(client, make.idea())
    typed = opened(client, project, "outcomes") | {"outcomes": "- Mine", "save": "yes"}
    actions.edit_idea(project=project, by=make.user(), channels="#theirs", steps="1. Theirs")

    client.post(address(project, "outcomes"), typed)

    project.refresh_from_db()
    assert (project.outcomes, project.steps, project.channels) == ("- Mine", "1. Theirs", "#theirs")
