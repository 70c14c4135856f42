"""The checklist beside an idea: what is a condition, what is advice, and "verified again today"."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from opw.audit.models import Event
from projects import actions
from projects.models import Project
from projects.readiness import advice, conditions
from tests import make

pytestmark = pytest.mark.django_db

TODAY = date(2013, 3, 20)
GOOD: dict[str, Any] = {
    "outcomes": "- It boots in a second\n- The tests pass",
    "difficulty_from": 1,
    "difficulty_to": 2,
    "references": "See https://wiki.example.org/boot",
    "verified_on": TODAY,
}


def good_idea(**fields: Any) -> Project:
    project = make.idea(None, **GOOD | fields)
    make.mentorship(project, make.user())
    return project


def given(project: Project) -> list[str]:
    """The advice that is not followed."""
    return [check.missing for check in advice(project, TODAY) if not check.is_met]


def verify_address(project: Project) -> str:
    return reverse("projects:verify", args=[project.community.slug, project.slug])


def test_a_good_idea_gets_no_advice():
    assert given(good_idea()) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"outcomes": "It is faster."}, "No success criterion stands out"),
        ({"outcomes": "Faster - much faster. 1 second."}, "No success criterion stands out"),
        ({"steps": "Begin, then go on."}, "The steps are no list"),
        ({"difficulty_from": None, "difficulty_to": None}, "The difficulty is not said"),
        ({"references": ""}, "No reference"),
        ({"references": "The manual, chapter 3."}, "The references hold no link"),
        ({"references": "http:// and https://localhost"}, "The references hold no link"),
        ({"verified_on": None}, "Nobody has said when it was verified"),
        ({"verified_on": TODAY - timedelta(days=366)}, "Verified longer than a year ago"),
    ],
)
def test_each_weakness_gets_its_own_advice(fields, said):
    advised = given(good_idea(**fields))

    assert [words.startswith(said) for words in advised] == [True]


@pytest.mark.parametrize(
    "text", ["* one", "+ one", "1. one", "2) two", "a) one", "B. two", "First:\n\n   - one", "1. one\r\n2. two"]
)
def test_every_kind_of_list_is_one(text):
    assert given(good_idea(outcomes=text, steps=text)) == []


def test_an_idea_verified_a_year_ago_to_the_day_is_verified():
    assert given(good_idea(verified_on=TODAY - timedelta(days=365))) == []


def test_a_mentor_who_only_offers_is_no_second_one():
    project = make.idea(None, **GOOD)

    make.mentorship(project, make.user(), confirmed=False)

    assert given(project) == ["A single mentor: a second one helps when the first is ill or away."]


def test_what_is_not_written_is_a_condition_and_no_advice():
    project = good_idea(outcomes=" ", steps="")

    missing = [check.missing for check in conditions(project) if not check.is_met]

    assert missing[:2] == ["Outcomes is not written.", "Steps is not written."]
    assert given(project) == []


def test_everybody_reads_the_checklist_with_conditions_and_advice_apart(client):
    project = make.idea(outcomes="It is faster.")

    page = client.get(project.get_absolute_url())

    text = page.text.replace("&#x27;", "'")
    before, _, after = text.partition("Good advice")
    assert "No maintainer who does not mentor it has approved" in before
    assert "No success criterion stands out" in after
    assert "No success criterion stands out" not in before
    assert "Verified again today" not in text


def test_a_mentor_verifies_an_idea_with_one_click(client):
    project = make.project(verified_on=TODAY)
    make.approval(project)
    mentor = project.mentorships.get().user
    client.force_login(mentor)

    offered = client.get(project.get_absolute_url()).text
    client.post(verify_address(project))

    project.refresh_from_db()
    kept = project.history.latest()
    event = Event.objects.about(project).get()
    assert "Verified again today" in offered
    assert (project.verified_on, project.revision, project.state) == (timezone.now().date(), 1, Project.State.REVIEWED)
    assert project.approvals.standing().count() == 1
    assert (kept.verified_on, kept.history_user) == (project.verified_on, mentor)
    assert (event.deed, event.actor, event.before) == ("idea_verified", mentor, {"verified_on": "2013-03-20"})


def test_verifying_twice_on_a_day_is_verifying_once():
    project = make.idea()
    mentor = make.user()

    for _ in range(2):
        actions.verify_idea(project=project, by=mentor)

    assert Event.objects.filter(deed="idea_verified").count() == 1
