"""A coordinator imports in the browser: brings a page, sees what it holds, chooses."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from opw.accounts.models import User
from opw.audit.models import Event
from opw.communities.models import Community
from projects.actions.importing import bring_page
from projects.models import BroughtPage, Project
from projects.models.importing import KEPT_FOR
from tests import make
from tests.projects.importing.wiki import REVIEW, idea, imported_one

pytestmark = pytest.mark.django_db

PAGE = f"Welcome.\n{idea(Review=REVIEW)}\n{idea(Project='Warm the pot', Outcomes='', Date='05/03/2012')}"


@pytest.fixture
def community() -> Community:
    return make.community()


@pytest.fixture
def coordinator(community: Community, client) -> User:
    person = community.coordinators.get()
    client.force_login(person)
    return person


def at(community: Community, name: str = "import") -> str:
    return reverse(f"projects:{name}", args=[community.slug])


def a_file(content: bytes = PAGE.encode(), name: str = "page.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def brought(community: Community, by: User, text: str = PAGE, *, reviewed: bool = False) -> BroughtPage:
    return bring_page(community=community, by=by, content=text, reviewed=reviewed)


@pytest.mark.parametrize("given", [lambda: {"text": PAGE}, lambda: {"file": a_file()}], ids=["pasted", "file"])
def test_a_page_is_shown_before_anything_is_written(client, community, coordinator, given):
    page = client.post(at(community), given(), follow=True)

    assert page.redirect_chain == [(at(community, "import_choose"), 302)]
    assert all(words in page.text for words in ("2 ideas: 2 new", "Boil water", "Warm the pot", "Welcome.", "outcomes"))
    assert "“05/03/2012” can be read as 5 March 2012" in page.text
    assert not Project.objects.exists()


def test_the_chosen_ideas_are_imported_in_the_name_of_the_coordinator(client, community, coordinator):
    client.post(at(community), {"text": PAGE, "is_reviewed": "on"})

    page = client.post(at(community, "import_chosen"), {"places": ["1"]}, follow=True)

    project = Project.objects.get()
    assert "Imported. 1 idea: 1 new." in page.text
    assert (project.title, project.state) == ("Warm the pot", Project.State.REVIEWED)
    assert list(Event.objects.about(community).values_list("deed", "actor", "after")) == [
        ("page_imported", coordinator.pk, {"new": 1}),
        ("page_brought", coordinator.pk, {"ideas": 2}),
    ]
    assert {event.actor for event in Event.objects.about(project)} == {coordinator}
    assert not BroughtPage.objects.exists()


def test_the_place_of_an_idea_does_not_change_what_it_is_known_by(client, community, coordinator):
    """Of two ideas of one name, the second stays the second when it is imported alone."""
    client.post(at(community), {"text": idea() + idea(Steps="# Other")})
    client.post(at(community, "import_chosen"), {"places": ["1"]})

    client.post(at(community), {"text": idea() + idea(Steps="# Other")})
    page = client.get(at(community, "import_choose"))

    assert "2 ideas: 1 new, 1 unchanged." in page.text


def test_a_changed_idea_says_what_is_taken_and_what_is_kept(client, community, coordinator):
    project = imported_one(community).project
    Project.objects.filter(pk=project.pk).update(description="Written here.")

    page = client.post(at(community), {"text": idea(Desc="From the page.", Steps="# Begin anew")}, follow=True)

    assert "Takes Steps." in page.text
    assert "Keeps Description, edited in the portal." in page.text
    assert project.get_absolute_url() in page.text


def test_an_edit_after_the_dry_run_still_wins(client, community, coordinator):
    project = imported_one(community).project
    client.post(at(community), {"text": idea(Steps="# Begin anew")})
    Project.objects.filter(pk=project.pk).update(steps="1. Written meanwhile.")

    client.post(at(community, "import_chosen"), {"places": ["0"]})

    project.refresh_from_db()
    assert project.steps == "1. Written meanwhile."


@pytest.mark.parametrize("places", [[], ["9"], ["x"]])
def test_nothing_is_imported_when_nothing_is_chosen(client, community, coordinator, places):
    client.post(at(community), {"text": PAGE})

    page = client.post(at(community, "import_chosen"), {"places": places}, follow=True)

    assert "Choose at least one idea to import." in page.text
    assert (Project.objects.count(), BroughtPage.objects.count()) == (0, 1)


LARGE = "{{project|Desc=" + "words " * 900_000 + "}}"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (dict, "Give the page as a file or as a text: one of the two."),
        (lambda: {"text": PAGE, "file": a_file()}, "Give the page as a file or as a text: one of the two."),
        (lambda: {"text": "Once upon a time"}, "No project idea was found"),
        (lambda: {"file": a_file(b"\x89PNG\r\n\x1a\n\xff")}, "not text in UTF-8"),
        (lambda: {"file": a_file("Déjà vu".encode("latin-1"))}, "not text in UTF-8"),
        (lambda: {"file": a_file(PAGE.encode("utf-16-le"))}, "not text in UTF-8"),
        (lambda: {"file": a_file(b"")}, "The submitted file is empty."),
        (lambda: {"file": a_file(LARGE.encode())}, "The page is larger than 5 MB."),
        (lambda: {"text": LARGE}, "The page is larger than 5 MB."),
        (lambda: {"text": "{{project|Desc=Tea}}\n" * 201}, "The page holds 201 ideas; 200 can be imported at once."),
        (lambda: {"text": "{{project|Desc=\0}}"}, "Null characters are not allowed."),
    ],
    ids=[
        "nothing",
        "both",
        "a letter",
        "a picture",
        "latin-1",
        "utf-16",
        "empty",
        "large file",
        "large text",
        "many",
        "null",
    ],
)
def test_what_is_no_page_is_refused_in_a_sentence_and_kept_in_the_form(client, community, coordinator, given, sentence):
    data = given()

    page = client.post(at(community), data)

    assert (page.status_code, sentence in page.text) == (200, True)
    assert page.context["form"]["text"].value() == data.get("text")
    assert not BroughtPage.objects.exists()


def test_a_strange_name_of_a_file_means_nothing(client, community, coordinator):
    page = client.post(at(community), {"file": a_file(name="../../<script>.html")}, follow=True)

    assert ("script>.html" in page.text, BroughtPage.objects.count()) == (False, 1)


def test_what_the_page_says_is_shown_as_text(client, community, coordinator):
    text = f"<script>alert(1)</script>\n{idea(Project='<b>Tea</b> &lt;i>')}"

    page = client.post(at(community), {"text": text}, follow=True).text

    assert ("<script>alert" in page, "<b>Tea" in page, "&lt;script&gt;alert" in page) == (False, False, True)


def test_a_page_waits_for_the_one_who_brought_it(client, community, coordinator):
    brought(community, coordinator)
    other = make.user()
    community.coordinators.add(other)

    mine = client.get(at(community))
    client.force_login(other)
    theirs = client.get(at(community))

    assert ("waiting for your choice" in mine.text, "waiting for your choice" in theirs.text) == (True, False)
    assert client.get(at(community, "import_choose")).status_code == 404
    assert client.post(at(community, "import_chosen"), {"places": ["0"]}).status_code == 404


def test_a_newer_page_takes_the_place_of_an_older_one(client, community, coordinator):
    brought(community, coordinator)

    client.post(at(community), {"text": idea(Project="Only this")})

    assert BroughtPage.objects.get().findings["sum"].startswith("1 idea: 1 new.")


def test_a_page_that_was_imported_in_another_window_is_not_imported_again(client, community, coordinator):
    brought(community, coordinator)
    client.post(at(community, "import_chosen"), {"places": ["0", "1"]})

    page = client.post(at(community, "import_chosen"), {"places": ["0", "1"]})

    assert (page.status_code, Project.objects.count()) == (404, 2)


def test_a_page_can_be_forgotten(client, community, coordinator):
    brought(community, coordinator)

    page = client.post(at(community, "import_give_up"), follow=True)

    assert "nothing of it was imported" in page.text
    assert (BroughtPage.objects.exists(), Project.objects.exists()) == (False, False)


def test_a_page_is_kept_for_a_week(client, community, coordinator):
    page = brought(community, coordinator)
    BroughtPage.objects.update(brought_at=page.brought_at - KEPT_FOR + timedelta(minutes=1))
    before = client.get(at(community, "import_choose")).status_code
    BroughtPage.objects.update(brought_at=page.brought_at - KEPT_FOR)
    after = client.get(at(community, "import_choose")).status_code
    brought(make.community(), coordinator)

    assert (before, after, BroughtPage.objects.filter(community=community).exists()) == (200, 404, False)


def test_coordinators_find_the_way(client, community, coordinator):
    make.participation(of=community)

    pages = [client.get(address).text for address in (community.get_absolute_url(), reverse("site:coordinate"))]
    client.force_login(make.user())
    other = client.get(community.get_absolute_url()).text

    assert [at(community) in page for page in (*pages, other)] == [True, True, False]
