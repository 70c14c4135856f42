"""A page's ideas come into the portal with every word, under names and without accounts."""

from datetime import UTC, date, datetime

import pytest

from opw.audit.models import Event
from opw.mail.models import Letter
from projects import actions
from projects.models import Difficulty, Project
from projects.readiness import unmet_conditions
from tests import make
from tests.projects.importing.wiki import REVIEW, idea, imported, imported_one

pytestmark = pytest.mark.django_db

State = Project.State


def test_every_field_comes_in():
    community = make.community()

    found = imported_one(community, anchor="boil")
    project = found.project

    assert (found.status, found.doubtful, project.state, project.slug) == ("new", (), State.IDEA, "boil-water")
    assert (project.community, project.import_key, project.proposed_by) == (community, "boil", None)
    assert (project.difficulty_from, project.difficulty_to) == (Difficulty.BASIC, Difficulty.MEDIUM)
    assert (project.inserted_on, project.verified_on, project.also_gsoc) == (
        date(2013, 1, 23),
        date(2013, 4, 30),
        True,
    )
    assert project.sections() == [
        ("description", "Description", "Water boils slowly."),
        ("outcomes", "Outcomes", "It boils in a minute."),
        ("steps", "Steps", "1. Measure\n2. Mend"),
        ("skills", "Skills", "C, and patience."),
        ("references", "References", "<http://example.org/kettle>"),
    ]


def test_an_idea_without_an_anchor_is_known_by_its_title():
    assert imported_one(make.community()).project.import_key == "Boil water"


def test_a_mentor_comes_in_by_name_though_she_has_an_account():
    make.user("Ada Brew", email="ada@example.org")

    mentorship = imported_one(make.community()).project.mentorships.get()

    assert (mentorship.user, mentorship.confirmed_at) == (None, None)
    assert (mentorship.name, mentorship.email) == ("Ada Brew", "ada@example.org")
    assert mentorship.remark == "also join the kettle list"
    assert not Letter.objects.exists()


def test_a_review_comes_in_by_name_with_its_answers():
    make.user("Cas")

    project = imported_one(make.community(), Review=REVIEW).project

    point = project.points.get()
    reply = point.replies.get()
    assert project.state == State.IN_REVIEW
    assert (point.author, point.author_name, point.body) == (None, "Cas", "Which kettle?")
    assert (point.at, point.answered_at) == (datetime(2013, 2, 11, 10, 5, tzinfo=UTC), reply.at)
    assert (reply.author, reply.author_name, reply.body) == (None, "Ada Brew", "The blue one.")
    assert point.state == point.State.ANSWERED


@pytest.mark.parametrize(
    "review",
    [
        "* Cas 10:05, 11 February 2013 (UTC): Which?",
        "* Cas 10:05, 11 May 2013 (UTC): a\n** Cas 11:00, 11 May 2013 (UTC): b",
    ],
    ids=["no answer", "her own"],
)
def test_a_point_that_nobody_else_answered_stays_open(review):
    point = imported_one(make.community(), Review=review).project.points.get()

    assert point.state == point.State.OPEN


def test_a_comment_without_a_date_stands_under_the_day_of_its_import():
    found = imported_one(make.community(), Review="* Which kettle?")

    point = found.project.points.get()
    assert point.signature == "somebody on the wiki"
    assert abs((point.at - found.project.created_at).total_seconds()) < 60
    assert "A comment without a date stands under the day of its import." in found.doubtful


def test_a_second_idea_of_the_same_name_gets_its_own():
    found = imported(make.community(), idea(), idea(Desc="Another."))

    assert [one.project.import_key for one in found] == ["Boil water", "Boil water (2)"]
    assert [one.project.slug for one in found] == ["boil-water", "boil-water-2"]
    assert "the next import knows this one as “Boil water (2)”" in found[1].doubtful[-1]


def test_an_address_that_is_taken_gets_a_number():
    community = make.community()
    make.project(community, title="Boil water", slug="boil-water")

    found = imported_one(community)

    assert (found.project.slug, found.status) == ("boil-water-2", "new")


def test_ideas_of_a_reviewed_page_are_reviewed_and_what_is_unmet_stays_visible():
    project = imported_one(make.community(), reviewed=True, Outcomes="", Review=REVIEW).project

    approval = project.approvals.get()
    assert project.state == State.REVIEWED
    assert (approval.by, approval.by_import, approval.revision) == (None, True, 1)
    assert project.reviewed_at == approval.approved_at
    assert unmet_conditions(project) == [
        "Outcomes is not written.",
        "It looks for a mentor: nobody has confirmed.",
        "1 review point is not resolved.",
    ]


def test_ideas_of_a_reviewed_page_can_be_listed():
    participation = make.participation()

    for found in imported(participation.community, idea(), idea(Project="Warm the pot"), reviewed=True):
        actions.list_project(project=found.project, round=participation.round, by=make.user())

    assert [listing.project.title for listing in participation.listings.all()] == ["Boil water", "Warm the pot"]


def test_an_import_is_audited_without_the_words_of_the_page():
    project = imported_one(make.community(), reviewed=True).project

    events = Event.objects.about(project).order_by("pk")
    assert [(event.deed, event.actor) for event in events] == [
        ("idea_imported", None),
        ("idea_approved", None),
        ("idea_reviewed", None),
    ]
    assert events[1].after == {"revision": 1, "by_import": True}
