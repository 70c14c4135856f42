"""From a draft in its author's drawer to an idea that everybody can read."""

import pytest
from django.urls import reverse

from opw.audit.models import Event
from opw.errors import Refused
from projects import actions
from projects.models import Project
from tests import make

pytestmark = pytest.mark.django_db

State = Project.State


def test_a_proposal_is_its_authors_draft_and_audited():
    community, author = make.community(), make.user()

    project = actions.propose_idea(community=community, by=author, title="Boot faster")

    event = Event.objects.about(project).get()
    assert (project.state, project.slug, project.proposed_by) == (State.DRAFT, "boot-faster", author)
    assert (event.deed, event.actor) == ("idea_proposed", author)
    assert not project.mentorships.exists()


def test_who_proposes_may_mentor_at_once():
    author = make.user()

    project = actions.propose_idea(community=make.community(), by=author, title="Boot faster", will_mentor=True)

    assert project.is_mentored_by(author)


def test_a_title_that_clashes_gets_a_number():
    community, author = make.community(), make.user()

    slugs = [actions.propose_idea(community=community, by=author, title="Boot faster!").slug for _ in range(3)]
    elsewhere = actions.propose_idea(community=make.community(), by=author, title="Boot faster").slug

    assert slugs == ["boot-faster", "boot-faster-2", "boot-faster-3"]
    assert elsewhere == "boot-faster"


def test_an_address_stays_when_the_title_changes():
    author = make.user()
    project = actions.propose_idea(community=make.community(), by=author, title="Boot faster")

    actions.edit_idea(project=project, by=author, title="Boot much faster")

    project.refresh_from_db()
    assert (project.title, project.slug) == ("Boot much faster", "boot-faster")


def test_a_title_without_letters_has_an_address():
    project = actions.propose_idea(community=make.community(), by=make.user(), title="???")

    assert project.slug == "idea"


def test_a_draft_is_published_once():
    author = make.user()
    project = actions.propose_idea(community=make.community(), by=author, title="Boot faster")

    actions.publish_idea(project=project, by=author)
    with pytest.raises(Refused, match="published already"):
        actions.publish_idea(project=project, by=author)

    project.refresh_from_db()
    assert project.state == State.IDEA


@pytest.mark.parametrize("state", [State.DRAFT, State.IDEA, State.IN_REVIEW])
def test_a_proposal_can_be_withdrawn_until_it_is_reviewed(state):
    project = make.project(state=state)

    actions.withdraw_idea(project=project, by=make.proposer_of(project))

    project.refresh_from_db()
    assert project.state == State.WITHDRAWN


@pytest.mark.parametrize("state", [State.REVIEWED, State.ARCHIVED, State.WITHDRAWN])
def test_what_is_no_longer_being_written_is_not_withdrawn(state):
    project = make.project(state=state)

    with pytest.raises(Refused, match="ask a coordinator"):
        actions.withdraw_idea(project=project, by=make.proposer_of(project))


def test_a_draft_is_its_authors_alone():
    project = make.project(state=State.DRAFT)
    others = [
        make.program_coordinator(),
        make.coordinator_of(project),
        project.community.maintainers.get(),
        make.user(),
    ]

    seen = [Project.objects.visible_to(other).contains(project) for other in others]

    assert seen == [False, False, False, False]
    assert Project.objects.visible_to(make.proposer_of(project)).contains(project)


def test_what_was_withdrawn_is_seen_by_its_proposer_and_its_coordinators():
    project = make.project(state=State.WITHDRAWN)

    readers = [make.proposer_of(project), make.coordinator_of(project), make.program_coordinator()]
    others = [make.user(), make.coordinator_of(make.project()), make.mentor_of(make.listing(project=project))]

    assert [Project.objects.visible_to(reader).contains(project) for reader in readers] == [True, True, True]
    assert [Project.objects.visible_to(other).contains(project) for other in others] == [False, False, False]


def test_an_offer_to_mentor_counts_once_a_coordinator_confirmed_it():
    project, person = make.idea(), make.user()

    audited = []
    for _ in range(2):
        actions.offer_to_mentor(project=project, by=person)
        audited.append(Event.objects.filter(deed="mentor_offered").count())
    offered = project.is_mentored_by(person)
    for _ in range(2):
        actions.confirm_mentor(mentorship=project.mentorships.get(user=person), by=make.coordinator_of(project))
        audited.append(Event.objects.filter(deed="mentor_confirmed").count())

    assert not offered
    assert project.is_mentored_by(person)
    assert audited == [1, 1, 1, 1]


def test_a_mentor_known_by_name_only_is_not_confirmed():
    project = make.idea()
    mentorship = project.mentorships.create(name="Somebody from the wiki")

    with pytest.raises(Refused, match="no account here yet"):
        actions.confirm_mentor(mentorship=mentorship, by=make.coordinator_of(project))


def test_an_idea_is_proposed_by_its_form(client):
    community, author = make.community(), make.user()
    client.force_login(author)
    form = {"title": "Boot  faster ", "summary": "In a second,\r\nor two.", "will_mentor": "on"}

    page = client.post(reverse("projects:propose", args=[community.slug]), form)

    project = Project.objects.get()
    assert page["Location"] == reverse("projects:edit", args=[community.slug, project.slug, "description"])
    assert (project.title, project.summary) == ("Boot faster", "In a second, or two.")
    assert project.is_mentored_by(author)
