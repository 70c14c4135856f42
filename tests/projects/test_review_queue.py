"""Points beside their sections, and what waits for a reviewer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from projects import actions
from projects.models import Project
from tests import make

pytestmark = pytest.mark.django_db

State = Project.State
WAITING = reverse("projects:waiting")


def place_of(text: str, heading: str) -> str:
    """What a page says under a heading, up to the next one of its level."""
    return text.partition(heading)[2].partition("<h2")[0]


def waiting_for(client, user) -> list[str]:
    client.force_login(user)
    return [row.project.title for row in client.get(WAITING).context["waiting"]]


def test_an_unresolved_point_stands_beside_its_section_and_everything_else_at_the_end(client):
    project = make.idea()
    make.point(project, section="steps", body="beside")
    make.point(project, body="on the whole")
    make.point(project, section="references", body="on what is not written")
    resolved = make.point(project, section="steps", body="done with")
    actions.resolve_point(point=resolved, by=make.author_of(resolved))

    page = client.get(project.get_absolute_url())

    beside, rest = place_of(page.text, '<h2 id="steps">'), place_of(page.text, '<h2 id="review">')
    assert ("beside" in beside, "beside" in rest) == (True, False)
    assert [point.body for point in page.context["points"]] == ["on the whole", "on what is not written", "done with"]
    assert page.text.count('<article class="remark"') == 4


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("open", ["an open one"]),
        ("answered", ["an answered one"]),
        ("resolved", ["a resolved one"]),
        ("", ["an open one", "an answered one", "a resolved one"]),
        ("nonsense", ["an open one", "an answered one", "a resolved one"]),
    ],
)
def test_points_are_filtered_by_their_state(client, asked, shown):
    project = make.idea()
    make.point(project, body="an open one", section="steps")
    answered, resolved = make.point(project, body="an answered one"), make.point(project, body="a resolved one")
    actions.answer_point(point=answered, by=make.user(), body="That one.")
    actions.resolve_point(point=resolved, by=make.author_of(resolved))

    text = client.get(project.get_absolute_url(), {"points": asked}).text

    assert [body for body in ("an open one", "an answered one", "a resolved one") if body in text] == shown
    assert "all 3" in text


@pytest.mark.parametrize("role", ["maintainers", "coordinators"])
def test_unreviewed_ideas_of_ones_communities_wait_oldest_first(client, role):
    community, now = make.community(), timezone.now()
    reviewer = getattr(community, role).get()
    make.idea(community, title="younger", created_at=now)
    make.idea(community, title="older", created_at=now - timedelta(days=9), state=State.IN_REVIEW)
    other = make.community()
    getattr(other, role).add(reviewer)
    make.idea(other, title="between", created_at=now - timedelta(days=3))
    make.idea(title="another community's")
    for state in (State.DRAFT, State.REVIEWED, State.ARCHIVED, State.WITHDRAWN):
        make.project(community, state=state)

    assert waiting_for(client, reviewer) == ["older", "between", "younger"]


def test_nothing_waits_that_one_may_not_approve(client):
    community = make.community()
    reviewer = community.maintainers.get()
    make.idea(community, proposed_by=reviewer)
    make.mentorship(make.idea(community), reviewer)
    make.mentorship(make.idea(community), reviewer, confirmed=False)
    imported = make.idea(community, proposed_by=None)

    assert waiting_for(client, reviewer) == [imported.title]
    assert waiting_for(client, make.program_coordinator()) == []


def test_an_idea_waits_again_when_it_was_changed_since_one_approved_it(client):
    project = make.idea(outcomes="")
    reviewer = project.community.maintainers.get()
    other = make.user()
    project.community.maintainers.add(other)

    actions.approve_idea(project=project, by=reviewer, seen_revision=1)
    approved = waiting_for(client, reviewer)
    actions.edit_idea(project=project, by=make.user(), steps="1. Start again")

    assert (approved, waiting_for(client, reviewer)) == ([], [project.title])
    text = client.get(WAITING).text
    assert "since you approved revision 1" in text
    assert "Outcomes is not written." in text
    assert waiting_for(client, other) == [project.title]


def test_the_dashboard_says_what_waits_and_the_page_asks_no_more_often_for_many(client):
    community = make.community()
    reviewer = community.maintainers.get()
    client.force_login(reviewer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(WAITING).status_code == 200
        return len(queries)

    def grow() -> None:
        project = make.idea(community)
        make.point(project)
        make.approval(project, by=make.user())

    before = client.get(reverse("site:dashboard")).text
    grow()
    few = asked()
    for _ in range(5):
        grow()

    assert (asked(), few <= 12) == (few, True)
    assert "What waits for your review" not in before
    assert "6 ideas of your communities" in client.get(reverse("site:dashboard")).text
