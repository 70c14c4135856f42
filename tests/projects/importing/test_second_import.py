"""Importing again: the page's changes are taken, the portal's edits win, and the same page changes nothing."""

from datetime import date

import pytest
from django.utils import timezone

from opw.audit.models import Event
from projects import actions
from projects.models import Approval, Mentorship, PointReply, Project, ReviewPoint
from tests import make
from tests.projects.importing.wiki import REVIEW, idea, imported, imported_one

pytestmark = pytest.mark.django_db

State = Project.State
PAGE = [
    idea(Review=f"{REVIEW}\n* Which kettle?\n* Which kettle?"),
    idea(Project="Warm the pot", Mentor="Dee Kan", Date="05/03/2012"),
    idea(Project="Warm the pot", Mentor="TBD", Outcomes="", GSoC="Maybe"),
]


def everything():
    """All that an import can write."""
    models = [Project, Mentorship, ReviewPoint, PointReply, Approval, Event, Project.history.model]
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("reviewed", [False, True])
def test_the_same_page_changes_nothing(reviewed):
    community = make.community()
    first = imported(community, *PAGE, reviewed=reviewed)
    before = everything()

    second = imported(community, *PAGE, reviewed=reviewed)

    assert everything() == before
    assert [found.status for found in second] == ["unchanged"] * 3
    assert [found.doubtful for found in second] == [found.doubtful for found in first]


def test_what_changed_on_the_page_is_taken_as_a_new_revision():
    community = make.community()
    imported_one(community, reviewed=True)

    found = imported_one(community, Steps="# Begin anew", Verified="2014-01-01", Difficulty="difficult")

    project = found.project
    assert (found.status, project.revision, project.state) == ("changed", 2, State.IN_REVIEW)
    assert (project.steps, project.verified_on) == ("1. Begin anew", date(2014, 1, 1))
    assert (project.difficulty_from, project.difficulty_to) == (3, 3)
    assert not project.approvals.standing().exists()
    assert project.history.count() == 3  # made, reviewed, changed
    assert Event.objects.about(project).filter(deed="idea_imported_again").get().after == {
        "fields": ["difficulty_from", "difficulty_to", "steps", "verified_on"],
        "mentors": False,
        "comments": 0,
    }


def test_a_change_on_a_reviewed_page_is_approved_with_it():
    community = make.community()
    imported_one(community, reviewed=True)

    found = imported_one(community, reviewed=True, Steps="# Begin anew")

    assert (found.status, found.project.state, found.project.revision) == ("changed", State.REVIEWED, 2)
    assert [approval.revision for approval in found.project.approvals.standing()] == [2]


def test_ideas_that_came_in_unreviewed_can_be_reviewed_by_a_later_import():
    community = make.community()
    imported_one(community)

    found = imported_one(community, reviewed=True)

    assert (found.status, found.project.state) == ("changed", State.REVIEWED)


def edited(project: Project, **fields) -> None:
    actions.edit_idea(project=project, by=make.user(), **fields)


def test_an_edit_here_wins_over_a_change_on_the_page_and_is_reported():
    community = make.community()
    edited(imported_one(community).project, steps="1. As we do it here")

    found = imported_one(community, Steps="# Begin anew", Skills="Rust.")

    assert (found.project.steps, found.project.skills, found.status) == ("1. As we do it here", "Rust.", "changed")
    assert found.doubtful == ("Steps: edited here since the last import; what the page says was not taken.",)


def test_an_edit_here_wins_over_the_same_page_and_is_reported():
    community = make.community()
    edited(imported_one(community).project, title="Boil it", difficulty_to=3)

    found = imported_one(community)

    assert (found.project.title, found.project.difficulty_to, found.status) == ("Boil it", 3, "unchanged")
    assert found.doubtful == (
        "Title: edited here since the last import; what the page says was not taken.",
        "Difficulty: edited here since the last import; what the page says was not taken.",
    )


def test_a_section_that_was_written_only_here_is_no_conflict():
    community = make.community()
    edited(imported_one(community, Outcomes="").project, outcomes="Hot water.")

    found = imported_one(community, Outcomes="")

    assert (found.project.outcomes, found.doubtful) == ("Hot water.", ())


def test_an_edit_here_that_says_what_the_page_says_is_no_conflict():
    community = make.community()
    edited(imported_one(community).project, skills="Rust.")

    found = imported_one(community, Skills="Rust.")

    assert (found.status, found.doubtful) == ("unchanged", ())
    assert imported_one(community, Skills="C.").project.skills == "C."


def test_white_space_that_a_form_changed_is_no_edit():
    community = make.community()
    edited(imported_one(community).project, steps="1. Measure\r\n2. Mend ")

    assert imported_one(community).status == "unchanged"
    assert imported_one(community, Steps="# Begin anew").project.steps == "1. Begin anew"


def test_a_review_by_import_does_not_count_for_what_was_edited_here():
    community = make.community()
    edited(imported_one(community, reviewed=True).project, system_requirements="A stove.")

    found = imported_one(community, reviewed=True, Skills="Rust.")

    assert (found.project.state, found.project.skills) == (State.IN_REVIEW, "Rust.")
    assert not found.project.approvals.standing().exists()
    assert "the page's review does not count for that" in found.doubtful[-1]


@pytest.mark.parametrize("state", [State.ARCHIVED, State.WITHDRAWN])
def test_what_was_put_away_here_is_left_alone(state):
    community = make.community()
    Project.objects.filter(pk=imported_one(community).project.pk).update(state=state)

    found = imported_one(community, reviewed=True, Steps="# Begin anew", Review=REVIEW)

    assert (found.status, found.project.state, found.project.steps) == ("unchanged", state, "1. Measure\n2. Mend")
    assert not found.project.points.exists()
    assert found.doubtful == (f"It is {state.label} here, so nothing was taken from the page.",)


def test_an_anchor_knows_an_idea_whose_title_changed_and_its_address_stays():
    community = make.community()
    imported_one(community, anchor="boil")

    found = imported_one(community, anchor="boil", Project="Heat water")

    assert (found.status, found.project.title, found.project.slug) == ("changed", "Heat water", "boil-water")


@pytest.mark.parametrize(("first", "second"), [("boil", ""), ("", "boil")])
def test_an_idea_is_known_by_its_title_where_a_page_shows_no_anchors(first, second):
    community = make.community()
    imported_one(community, anchor=first)

    found = imported_one(community, anchor=second)

    assert found.status == "unchanged"
    assert imported_one(community, anchor="boil", Project="Heat water").status == "changed"
    assert Project.objects.count() == 1


def test_two_ideas_of_one_title_are_told_apart_by_their_anchors():
    community = make.community()
    imported_one(community, anchor="boil")

    assert imported_one(community, anchor="another").status == "new"


def test_another_community_has_ideas_of_its_own():
    imported_one(make.community())

    assert imported_one(make.community()).status == "new"


def mentors(project: Project) -> list[tuple[str, str, str]]:
    return list(project.mentorships.values_list("name", "email", "remark"))


def test_mentors_follow_the_page():
    community = make.community()
    imported_one(community, Mentor="Ada Brew <ada@example.org>; Bo Tee <bo@example.org>")

    found = imported_one(community, Mentor="Ada B. Brew <ADA@example.org> - on leave; Cy Cup <cy@example.org>")

    assert found.status == "changed"
    assert mentors(found.project) == [
        ("Ada B. Brew", "ADA@example.org", "on leave"),
        ("Cy Cup", "cy@example.org", ""),
    ]


def test_a_mentor_who_has_her_account_stays_as_she_is():
    community = make.community()
    ada = make.user("Ada", email="ada@example.org")
    imported_one(community).project.mentorships.update(user=ada, confirmed_at=timezone.now())

    renamed = imported_one(community, Mentor="A. Brew <ada@example.org> - on leave")
    gone = imported_one(community, Mentor="Bo Tee <bo@example.org>")

    assert mentors(renamed.project)[0] == ("Ada Brew", "ada@example.org", "on leave")
    assert [str(row) for row in gone.project.mentorships.all()] == ["Ada", "Bo Tee"]
    assert gone.doubtful == ("Mentors: the page no longer names Ada, who mentors here.",)


def test_who_offered_to_mentor_here_is_known_by_her_address():
    community = make.community()
    project = imported_one(community, Mentor="TBD").project
    actions.offer_to_mentor(project=project, by=make.user(email="ada@example.org"))

    found = imported_one(community)

    assert (found.status, found.project.mentorships.count()) == ("unchanged", 1)


def test_who_offered_to_mentor_here_is_not_known_by_her_name():
    community = make.community()
    project = imported_one(community, Mentor="TBD").project
    actions.offer_to_mentor(project=project, by=make.user("Ada Brew"))

    assert imported_one(community, Mentor="Ada Brew").project.mentorships.count() == 2


def test_a_mentor_who_was_removed_here_does_not_come_back():
    community = make.community()
    imported_one(community).project.mentorships.all().delete()

    found = imported_one(community)

    assert not found.project.mentorships.exists()
    assert found.doubtful == ("Mentors: Ada Brew was removed here, and still stands on the page.",)


def test_new_comments_and_replies_are_added_to_the_review():
    community = make.community()
    imported_one(community, Review=REVIEW.split("\n")[0])

    found = imported_one(community, Review=f"{REVIEW}\n* Eve 12:00, 1 May 2013 (UTC): And the lid?")

    first, second = found.project.points.all()
    assert found.status == "changed"
    assert [reply.author_name for reply in first.replies.all()] == ["Ada Brew"]
    assert (first.state, second.author_name, second.state) == (first.State.ANSWERED, "Eve", second.State.OPEN)


def test_a_first_comment_takes_an_idea_into_review():
    community = make.community()
    imported_one(community)

    assert imported_one(community, Review=REVIEW).project.state == State.IN_REVIEW


def test_a_comment_that_left_the_page_stays_and_is_reported_until_it_is_resolved():
    community = make.community()
    point = imported_one(community, Review=REVIEW).project.points.get()

    found = imported_one(community)
    actions.resolve_point(point=point, by=make.user(), because="It is met.")
    later = imported_one(community)

    assert (found.status, found.project.points.count()) == ("unchanged", 1)
    assert found.doubtful == ("Peer review: the page no longer shows the point of Cas; resolve it if it is addressed.",)
    assert later.doubtful == ()


def test_a_point_resolved_here_is_not_opened_again():
    community = make.community()
    point = imported_one(community, Review=REVIEW).project.points.get()
    actions.resolve_point(point=point, by=make.user(), because="It is met.")

    found = imported_one(community, Review=REVIEW)

    assert [one.state for one in found.project.points.all()] == [point.State.RESOLVED]
