"""manage.py import_ideas: what it says, and what it refuses."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from projects.models import Project
from tests import make
from tests.projects.importing.test_second_import import everything
from tests.projects.importing.wiki import REVIEW, idea

pytestmark = pytest.mark.django_db

REPLY = {"author": "Ada Brew", "at": "2013-03-13T09:00:00+00:00", "section": "", "body": "The blue one.", "replies": []}
POINT = {"author": "Cas", "at": "2013-02-11T10:05:00+00:00", "section": "", "body": "Which kettle?", "replies": [REPLY]}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.wiki"
    path.write_text(f"Welcome.\n{idea(Review=REVIEW)}\n{idea(Project='Warm the pot', Outcomes='', Date='05/03/2012')}")
    return path


def said(*arguments) -> str:
    output = io.StringIO()
    call_command("import_ideas", *map(str, arguments), stdout=output)
    return output.getvalue()


def test_the_json_says_what_the_page_says_and_what_became_of_it(page):
    community = make.community()

    report = json.loads(said(page, "--community", community.slug, "--json"))

    first, second = report["ideas"]
    assert report["unplaced"] == ["Welcome."]
    assert first == {
        "title": "Boil water",
        "slug": "boil-water",
        "status": "new",
        "mentors": [{"name": "Ada Brew", "email": "ada@example.org", "remark": "also join the kettle list"}],
        "difficulty": ["basic", "medium"],
        "inserted_on": "2013-01-23",
        "verified_on": "2013-04-30",
        "gsoc": True,
        "skills": "C, and patience.",
        "description": "Water boils slowly.",
        "outcomes": "It boils in a minute.",
        "steps": "1. Measure\n2. Mend",
        "references": "<http://example.org/kettle>",
        "points": [POINT],
        "missing": [],
        "doubtful": [],
    }
    assert (second["missing"], second["inserted_on"]) == (["outcomes"], "2012-03-05")
    assert second["doubtful"] == [
        "Inserted: “05/03/2012” can be read as 5 March 2012 or as 3 May 2012; the first was taken."
    ]


def test_the_second_time_says_that_nothing_changed(page):
    community = make.community()
    said(page, "--community", community.slug)

    report = json.loads(said(page, "--community", community.slug, "--json"))

    assert [idea["status"] for idea in report["ideas"]] == ["unchanged", "unchanged"]


def test_the_report_is_for_reading(page):
    community = make.community()

    report = said(page, "--community", community.slug)

    assert report.split("\n\n") == [
        "Boil water\n"
        f"  new: /projects/{community.slug}/boil-water/\n"
        "  found: mentors, difficulty, date of insert, verified, GSoC, skills, description, outcomes, steps, "
        "references, 1 review point, 1 reply",
        "Warm the pot\n"
        f"  new: /projects/{community.slug}/warm-the-pot/\n"
        "  found: mentors, difficulty, date of insert, verified, GSoC, skills, description, steps, references\n"
        "  missing: outcomes\n"
        "  doubtful: Inserted: “05/03/2012” can be read as 5 March 2012 or as 3 May 2012; the first was taken.",
        "Text of the page that belongs to no idea:\n  | Welcome.",
        "2 ideas: 2 new. 1 mentor, 1 review point, 1 reply.\n",
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(page):
    community = make.community()
    make.project(community, title="Boil water", slug="boil-water")
    before = everything()

    dry = said(page, "--community", community.slug, "--reviewed", "--dry-run", "--json")

    assert everything() == before
    assert dry == said(page, "--community", community.slug, "--reviewed", "--json")


def test_a_dry_run_says_that_it_is_one(page):
    assert said(page, "--community", make.community().slug, "--dry-run").endswith("this was a dry run.\n")


def test_a_reviewed_page_gives_reviewed_projects(page):
    said(page, "--community", make.community().slug, "--reviewed")

    assert {project.state for project in Project.objects.all()} == {Project.State.REVIEWED}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Once upon a time", "No project idea was found"),
        (b"", "No project idea was found"),
        (b"\xff\xd8\x00binary", "not text in UTF-8"),
        (b"\x00" * 1000, "not text in UTF-8"),
        ("Date of insert: 2013-01-23".encode("utf-16-le"), "not text in UTF-8"),
        ("Date of insert: é".encode("latin-1"), "not text in UTF-8"),
        (b'{"ideas": [', "cannot be read as JSON"),
        (b'{"ideas": []}', "holds no project idea"),
        (b'{"ideas": [{"title": "Tea", "points": 5}]}', "“points” that is not what an export writes"),
        (b'{"ideas": [{"title": ""}]}', "has no title"),
        (b'<!-- opw:idea {"title": "Tea", "difficulty": 3} -->', "damaged|not what an export writes"),
        (b'<!-- opw:idea {"title": } -->', "damaged"),
    ],
)
def test_a_file_that_is_no_such_page_is_refused_in_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "letter.txt"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=sentence):
        said(path, "--community", make.community().slug)

    assert not Project.objects.exists()


@pytest.mark.parametrize("name", ["nowhere.wiki", "", "\udcff"])
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(tmp_path, name):
    with pytest.raises(CommandError, match=r"cannot be read: .*\."):
        said(tmp_path / name, "--community", make.community().slug)


def test_a_community_that_is_none_is_refused_with_those_that_are(page):
    community = make.community()

    with pytest.raises(CommandError, match=f"no community “nowhere”. There are: {community.slug}"):
        said(page, "--community", "nowhere")
