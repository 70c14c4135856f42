"""What does not fit into a field is kept beside the idea, whole."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from projects.actions.importing import ImportedIdea, import_ideas
from projects.wiki import WikiIdea, WikiMentor, WikiPage, WikiPoint, read_page
from tests import make
from tests.projects.importing.wiki import idea, imported, imported_one

pytestmark = pytest.mark.django_db


def found_with(**parts) -> ImportedIdea:
    """What became of an idea that is read as these parts say."""
    read: WikiIdea = read_page(idea()).ideas[0]
    found = import_ideas(WikiPage((replace(read, **parts),), ()), community=make.community())[0]
    found.project.refresh_from_db()
    return found


@pytest.mark.parametrize(
    ("field", "place", "limit"),
    [("title", "Title", 200), ("description", "Description", 20_000), ("references", "References", 20_000)],
)
def test_a_text_that_is_too_long_is_kept_whole_beside_its_beginning(field, place, limit):
    text = "ten chars " * (limit // 10) + "the end"

    found = found_with(**{field: text})

    written = getattr(found.project, field)
    assert len(written) <= limit
    assert text.startswith(written.removesuffix("…"))
    assert found.project.imported["unplaced"] == [{"place": place, "text": text}]
    assert found.doubtful == (
        f"{place}: longer than {limit:,} characters; its beginning was taken, and all of it is kept.",
    )


def test_a_text_that_just_fits_is_taken_whole():
    found = found_with(description="x" * 20_000)

    assert (found.project.description, found.doubtful) == ("x" * 20_000, ())


def test_names_and_remarks_of_mentors_fit():
    found = found_with(mentors=(WikiMentor("A" * 300, "a@example.org", "r" * 400),))

    mentorship = found.project.mentorships.get()
    assert (len(mentorship.name), mentorship.email, len(mentorship.remark)) == (200, "a@example.org", 300)
    assert [kept["text"] for kept in found.project.imported["unplaced"]] == ["A" * 300, "r" * 400]


@pytest.mark.parametrize("email", ["ada@local", "a..b@example.org", f"ada@{'example.' * 40}org"])
def test_an_address_that_is_none_is_kept_and_not_written_to(email):
    found = found_with(mentors=(WikiMentor("Ada", email),))

    assert found.project.mentorships.get().email == ""
    assert found.project.imported["unplaced"] == [{"place": "Mentors", "text": email}]
    assert found.doubtful == (f"Mentors: “{email}” is no address that letters can be sent to.",)


def test_a_mentor_who_is_named_twice_comes_in_once():
    found = found_with(mentors=(WikiMentor("Ada", "ada@example.org"), WikiMentor("A. B.", "Ada@example.org", "busy")))

    assert [mentor.name for mentor in found.project.mentorships.all()] == ["Ada"]
    assert found.project.imported["unplaced"] == [{"place": "Mentors", "text": "A. B. Ada@example.org busy"}]


def test_two_mentors_of_one_name_are_two():
    found = found_with(mentors=(WikiMentor("Ada", "ada@example.org"), WikiMentor("Ada", "another@example.org")))

    assert found.project.mentorships.count() == 2


def test_comments_fit():
    reply = WikiPoint("R" * 300, None, "", "r")
    found = found_with(points=(WikiPoint("Cas", None, "steps", "b" * 11_000, (reply,)),))

    point = found.project.points.get()
    assert (len(point.body), len(point.replies.get().author_name)) == (10_000, 200)
    assert [kept["text"] for kept in found.project.imported["unplaced"]] == ["b" * 11_000, "R" * 300]


@pytest.mark.parametrize("year", [1, 1989, 9999])
def test_a_moment_that_cannot_be_is_not_believed(year):
    at = datetime(year, 12, 31, 23, 59, tzinfo=UTC)

    found = found_with(points=(WikiPoint("Cas", at, "", "Which kettle?"),))

    assert found.project.points.get().at.year == found.project.created_at.year
    assert "which cannot be" in found.doubtful[0]


def test_a_long_anchor_is_a_key_and_a_second_one_another():
    community = make.community()
    page = [idea(anchor="a" * 500), idea(anchor="a" * 500, Project="Warm the pot")]

    imported(community, *page)

    assert [found.status for found in imported(community, *page)] == ["unchanged", "unchanged"]


def test_a_page_of_broken_characters_comes_in():
    found = imported_one(
        make.community(), Project="Boil\x00 water\ud800", Desc="\x00\udfff&#0;&#xD800;\u2028", Mentor="\x00"
    )

    assert found.project.title == "Boil water�"


def test_a_huge_page_comes_in():
    community = make.community()
    found = imported_one(community, Desc="Water boils slowly. " * 250_000)

    assert len(found.project.imported["unplaced"][0]["text"]) == 5_000_000 - 1
    assert imported_one(community, Desc="Water boils slowly. " * 250_000).status == "unchanged"
