"""manage.py export_ideas: everything of the listed projects, nothing that may not be seen, and the same ideas back."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from projects.actions import resolve_point
from projects.actions.importing import ImportedIdea, import_ideas
from projects.exporting import page_of
from projects.models import Listing, PointReply, Project
from projects.wiki import read_page
from tests import make
from tests.projects.importing.test_second_import import everything
from tests.projects.importing.wiki import REVIEW, imported_one

pytestmark = pytest.mark.django_db

FORMATS = ["wikitext", "json", "markdown"]
TEXTS: dict[str, Any] = {
    "description": "Water **boils**, see [the kettle](http://example.org/kettle).\n\n### Why\n\nPhysics: `a | b`.",
    "outcomes": "- one {{cup}}\n    - of *tea*\n- two = three",
    "steps": "1. Measure\n2. Mend\n\n```\nmake tea | sip\n    done\n```",
    "skills": "* C\n* _patience_",
    "references": "<http://example.org/>",
    "system_requirements": "[[A kettle]]",
    "channels": "The channel tea on irc.example.org",
    "summary": "Boil | water",
}


@pytest.fixture
def listing() -> Listing:
    """A listed project in which everything is said, born here."""
    participation = make.participation()
    project = make.project(
        participation.community,
        mentor=make.user("Ada Brew", email="ada@example.org"),
        title="Boil {{water}} | fast",
        slug="boil-water",
        difficulty_from=1,
        difficulty_to=2,
        also_gsoc=True,
        inserted_on="2013-01-23",
        verified_on="2013-04-30",
        **TEXTS,
    )
    make.tags(project, required=["C", "Perl"])
    project.mentorships.create(name="Dee Kan", email="dee@example.org", remark="on leave")
    point = make.point(project, author=make.user("Cas"), section="steps", body="Which kettle?\n\n- the blue one")
    PointReply.objects.create(point=point, author=make.user("Ada Brew"), body="The = {{one}}.")
    done = make.point(project, author=make.user("Eve"), body="Too short.")
    resolve_point(point=done, by=make.user("Cara"), because="It is met.")
    return make.listing(participation, project=project)


def exported(*arguments) -> str:
    output = io.StringIO()
    call_command("export_ideas", *map(str, arguments), stdout=output)
    return output.getvalue()


def of_round(listing: Listing, format: str) -> str:
    return exported("--round", listing.round.slug, "--format", format)


def brought_back(text: str, into) -> list[ImportedIdea]:
    return import_ideas(read_page(text), community=into)


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_brought_into_another_portal_is_the_same_ideas(listing, format):
    other = make.participation(listing.round)

    project = brought_back(of_round(listing, format), other.community)[0].project

    copy = make.listing(other, project=project)
    if format == "wikitext":  # a wiki has no second way of writing a list
        Project.objects.filter(pk=listing.project_id).update(skills="- C\n- *patience*")
    exported, original = (page_of([one]).ideas[0] for one in (copy, listing))
    assert exported == original


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_brought_back_where_it_comes_from_changes_nothing(listing, format):
    community = listing.community
    text = of_round(listing, format)
    first = brought_back(text, community)
    before = everything()

    second = brought_back(text, community)

    assert [found.status for found in (*first, *second)] == ["unchanged", "unchanged"]
    assert [found.doubtful for found in (*first, *second)] == [(), ()]
    assert everything() == before
    assert (Project.objects.count(), listing.project.points.count(), listing.project.mentorships.count()) == (1, 2, 2)


@pytest.mark.parametrize("format", FORMATS)
def test_what_came_from_a_page_is_known_again_in_its_export(format):
    participation = make.participation()
    project = imported_one(participation.community, reviewed=True, Anchor="kettle", Review=REVIEW).project
    listing = make.listing(participation, project=project)

    found = brought_back(of_round(listing, format), participation.community)[0]

    assert (found.project, found.status, found.doubtful) == (project, "unchanged", ())
    assert [mentorship.email for mentorship in project.mentorships.all()] == ["ada@example.org"]


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_into_an_export_afterwards_is_taken(listing, format):
    text = of_round(listing, format)
    brought_back(text, listing.community)

    found = brought_back(text.replace("Physics", "Chemistry"), listing.community)[0]

    found.project.refresh_from_db()
    assert (found.status, found.changed) == ("changed", ("Description",))
    assert "Chemistry" in found.project.description


@pytest.mark.parametrize("format", FORMATS)
def test_addresses_are_exported_only_when_they_are_asked_for(listing, format):
    round = listing.round.slug

    assert "@example.org" not in exported("--round", round, "--format", format)
    asked = exported("--round", round, "--format", format, "--with-addresses")
    assert ("ada@example.org" in asked, "dee@example.org" in asked) == (True, True)


@pytest.mark.parametrize("format", FORMATS)
def test_who_has_no_name_is_not_called_by_her_address(format):
    listing = make.listing()
    nameless = make.user(email="secret@example.org")
    type(nameless).objects.filter(pk=nameless.pk).update(name="")
    nameless.refresh_from_db()
    listing.project.mentorships.update(user=nameless)
    make.point(listing.project, author=nameless)

    assert "secret" not in of_round(listing, format)


@pytest.mark.parametrize("format", FORMATS)
def test_only_what_the_round_lists_is_exported(listing, format):
    community = listing.community
    make.project(community, title="Drafty", state=Project.State.DRAFT)
    make.idea(community, title="Unreviewed")
    taken_back = make.project(community, title="Taken back")
    make.listing(listing.participation, project=taken_back, withdrawn_at=timezone.now())
    make.listing(make.earlier(listing.participation), project=make.project(community, title="Last year's"))
    make.listing(make.participation(listing.round), project=make.project(title="Of another community"))

    text = exported("--round", listing.round.slug, "--community", community.slug, "--format", format)

    assert [title for title in ("Drafty", "Unreviewed", "Taken back", "Last year", "Of another") if title in text] == []
    assert "Of another community" in of_round(listing, format)


def test_the_json_has_the_form_of_the_imports_report(listing, tmp_path: Path):
    text = of_round(listing, "json")
    path = tmp_path / "export.json"
    path.write_text(text)
    output = io.StringIO()
    call_command("import_ideas", str(path), "--community", listing.community.slug, "--json", stdout=output)

    assert json.loads(output.getvalue()) == json.loads(text)


def test_a_rounds_export_without_projects_is_empty():
    assert json.loads(exported("--round", make.round().slug, "--format", "json")) == {"ideas": [], "unplaced": []}


@pytest.mark.parametrize("arguments", [["--round", "nowhere"], ["--round", "round", "--community", "nowhere"]])
def test_a_round_or_community_that_is_none_is_refused_with_those_that_are(arguments):
    make.round(slug="round")

    with pytest.raises(CommandError, match=r"There is no (round|community) “nowhere”. There are: "):
        exported(*arguments)
