"""Who mentors: offers and their answer, names from a wiki that are claimed, and mentors who step back."""

from typing import Any

import pytest
from django.urls import reverse

from mentors.problems import problems_with
from mentors.results import everything_in
from opw.accounts.models import User
from opw.audit.models import Event
from opw.mail.models import Letter
from projects import actions
from projects.models import DeclinedOffer, Mentorship, Project
from tests import make
from tests.letters import last_link
from tests.projects.test_invitations import mentor_of, mentors
from tests.projects.test_who_may import of
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db


def offer(project: Project, person: User) -> Mentorship:
    actions.offer_to_mentor(project=project, by=person)
    return project.mentorships.get(user=person)


def named(project: Project, email: str = "ada@example.org") -> Mentorship:
    """A mentor as a wiki page named her."""
    return project.mentorships.create(name="Ada of the wiki", email=email)


def page_of(project: Project, person: User) -> str:
    return str(browser_of(person).get(project.get_absolute_url()).text)


def post(person: User, address: str, **data: str) -> Any:
    return browser_of(person).post(address, data, follow=True)


def letters_to(person: User) -> list[str]:
    return [letter.subject for letter in Letter.objects.filter(recipient=person)]


def test_an_offer_is_told_to_the_coordinators_and_its_state_to_who_offered():
    project, person = make.idea(), make.user("Kim")

    before = page_of(project, person)
    page = post(person, of(project, "offer_to_mentor"))

    coordinator = make.coordinator_of(project)
    assert "I will mentor this" in before
    assert "You offer to mentor this project." in page.text
    assert "I will mentor this" not in page.text
    assert letters_to(coordinator) == [f"An offer to mentor: {project}"]
    assert "Mentors: 1 offer to answer" in page_of(project, coordinator)


def test_offers_of_an_hour_make_one_letter():
    project = make.idea()

    for _ in range(3):
        offer(project, make.user())

    assert letters_to(make.coordinator_of(project)) == [f"An offer to mentor: {project}"]


def test_a_reviewed_project_can_be_offered_to_too():
    project, person = make.project(), make.user()

    offer(project, person)

    assert project.mentorships.get(user=person).confirmed_at is None


@pytest.mark.parametrize("state", [Project.State.DRAFT, Project.State.ARCHIVED])
def test_what_is_not_there_is_not_offered_to(state):
    person = make.user()
    project = make.project(state=state, proposed_by=person)

    page = post(person, of(project, "offer_to_mentor"))

    assert "needs no mentor now" in page.text
    assert not project.mentorships.filter(user=person).exists()


def test_who_is_confirmed_is_told():
    project, person = make.idea(), make.user()
    offered = offer(project, person)

    post(make.coordinator_of(project), of(project, "confirm_mentor", offered.pk))

    assert letters_to(person) == [f"You are a mentor: {project}"]
    assert person in mentors(project)


def test_an_offer_is_declined_with_a_reason_that_the_person_reads():
    project, person = make.idea(), make.user()
    coordinator, address = make.coordinator_of(project), of(project, "end_mentorship", offer(project, person).pk)

    silent = post(coordinator, address, because=" ")
    post(coordinator, address, because="We have enough mentors.")

    assert "Say why" in silent.text
    assert "We have enough mentors." in Letter.objects.get(recipient=person).text
    assert "We have enough mentors." in page_of(project, person)
    assert "We have enough mentors." not in page_of(project, make.user())
    assert person not in {mentorship.user for mentorship in project.mentorships.all()}


def test_an_offer_that_was_declined_is_not_made_again_but_an_invitation_opens_the_door():
    project, person = make.idea(), make.confirmed(make.user())
    coordinator = make.coordinator_of(project)
    actions.end_mentorship(mentorship=offer(project, person), by=coordinator, because="Not yet.")

    again = post(person, of(project, "offer_to_mentor"))
    actions.invite_mentor(project=project, by=coordinator, email=person.email)
    post(person, last_link(person.email), answer="accept")

    assert "A coordinator declined your offer." in again.text
    assert person in mentors(project)
    assert not DeclinedOffer.objects.exists()


def test_a_declined_offer_leaves_a_maintainer_her_approval():
    project = make.idea()
    maintainer = project.community.maintainers.get()
    actions.end_mentorship(
        mentorship=offer(project, maintainer), by=make.coordinator_of(project), because="You review it."
    )

    post(maintainer, of(project, "approve"), seen_revision="1")

    assert project.approvals.standing().get().by == maintainer


def test_the_last_mentor_steps_back_and_the_project_says_that_it_looks_for_one(client):
    listing = make.listing()
    project, mentor = listing.project, mentor_of(listing.project)
    coordinator = make.coordinator_of(project)

    post(mentor, of(project, "step_back"), because="A new job.")

    listing.refresh_from_db()
    project = Project.objects.get(pk=project.pk)
    pages = [client.get(address).text for address in (project.get_absolute_url(), reverse("projects:list"))]
    assert ["looks for a mentor" in page for page in pages] == [True, True]
    assert "1 of 1 project looks for a mentor." in client.get(project.community.get_absolute_url()).text
    assert "It looks for a mentor" in pages[0]
    assert (project.state, listing.is_live) == (Project.State.REVIEWED, True)
    assert [
        problem.words
        for problem in problems_with(listing.round, everything_in(listing.round, coordinator), coordinator)
    ] == [f"“{project}” has no mentor."]
    letter = Letter.objects.get(recipient=coordinator)
    assert ("A new job." in letter.text, "has no mentor now" in letter.text) == (True, True)


def test_who_stepped_back_mentors_no_longer_at_her_next_request():
    listing = make.listing()
    mentor = mentor_of(listing.project)
    browser = browser_of(mentor)
    before = browser.get(reverse("mentors:listing", args=[listing.pk])).status_code

    browser.post(of(listing.project, "step_back"))

    assert (before, browser.get(reverse("mentors:listing", args=[listing.pk])).status_code) == (200, 404)


def test_the_other_mentors_are_told_and_the_project_is_not_flagged(client):
    project, other = make.idea(), make.user()
    make.mentorship(project, other)

    post(mentor_of(project), of(project, "step_back"))

    assert letters_to(other) == [f"A mentor steps back: {project}"]
    assert "has no mentor now" not in Letter.objects.get(recipient=other).text
    assert "looks for a mentor" not in client.get(project.get_absolute_url()).text


def test_an_offer_is_taken_back_without_a_letter():
    project, person = make.idea(), make.user()
    offer(project, person)
    Letter.objects.all().delete()

    post(person, of(project, "step_back"))

    assert not Letter.objects.exists()
    assert "I will mentor this" in page_of(project, person)


def test_a_coordinator_ends_a_mentorship_and_says_why():
    project = make.idea()
    mentor = mentor_of(project)

    post(
        make.coordinator_of(project),
        of(project, "end_mentorship", project.mentorships.get().pk),
        because="Away for months.",
    )

    assert mentors(project) == set()
    assert letters_to(mentor) == [f"You are no longer a mentor: {project}"]


def test_a_mentor_of_the_wiki_is_shown_as_named_there(client):
    project = make.idea()
    named(project)

    page = client.get(project.get_absolute_url())

    assert "(named on the wiki)" in page.text
    assert "(offers to)" not in page.text
    assert "ada@example.org" not in page.text


def test_a_name_is_claimed_with_the_confirmed_address_and_confirmed_by_a_coordinator():
    project = make.idea()
    row, person = named(project), make.confirmed(make.user("Ada B.", email="Ada@Example.org"))

    seen = [page_of(project, person), str(browser_of(person).get(reverse("site:dashboard")).text)]
    page = post(person, of(project, "claim_mentorship", row.pk))
    row.refresh_from_db()

    assert ["Are you this mentor?" in one for one in seen] == [True, True]
    assert "Are you this mentor?" not in page.text
    assert (row.user, row.confirmed_at) == (person, None)
    assert letters_to(make.coordinator_of(project)) == [f"An offer to mentor: {project}"]


@pytest.mark.parametrize(("email", "confirmed"), [("ada@example.org", False), ("eve@example.org", True)])
def test_nobody_else_claims_a_name(email, confirmed):
    project = make.idea()
    row, person = named(project), make.user(email=email)
    if confirmed:
        make.confirmed(person)

    page = post(person, of(project, "claim_mentorship", row.pk))
    row.refresh_from_db()

    assert page.status_code == 403
    assert row.user is None


def test_a_name_without_an_address_is_nobodys():
    project = make.idea()
    row, person = named(project, email=""), make.confirmed(make.user())

    assert post(person, of(project, "claim_mentorship", row.pk)).status_code == 403


def test_who_offered_and_claims_her_name_is_there_once():
    project, person = make.idea(), make.confirmed(make.user(email="ada@example.org"))
    row = named(project)
    offer(project, person)

    post(person, of(project, "claim_mentorship", row.pk))

    assert project.mentorships.get(user=person).name == "Ada of the wiki"
    assert not project.mentorships.filter(user=None).exists()


def test_the_wikis_mentor_is_invited_without_her_address_being_shown():
    project = make.idea()
    row, coordinator = named(project), make.coordinator_of(project)
    before = Letter.objects.count()

    page = post(coordinator, of(project, "invite_named", row.pk))
    post(make.confirmed(make.user(email="ada@example.org")), last_link("ada@example.org"), answer="accept")
    row.refresh_from_db()

    assert before == 0
    assert ("Ada of the wiki" in page.text, "ada@example.org" in page.text) == (True, False)
    assert row.user in mentors(project)
    assert project.mentorships.count() == 2


def test_a_mentors_address_is_shown_to_signed_in_people_and_only_if_she_agrees(client):
    project, reader = make.idea(), make.user()
    mentor = mentor_of(project)
    offered = make.mentorship(project, make.user(shows_address=True), confirmed=False).user

    before = page_of(project, reader)
    post(mentor, reverse("accounts:profile"), name="Ada", timezone="UTC", shows_address="on")
    after, public = page_of(project, reader), client.get(project.get_absolute_url()).text

    assert f"mailto:{mentor.email}" in after
    assert [mentor.email in page for page in (before, public)] == [False, False]
    assert offered
    assert offered.email not in after


def test_offers_wait_on_the_coordinators_page_the_oldest_first():
    first = make.idea()
    second = make.idea(first.community)
    coordinator = make.coordinator_of(first)
    for project in (second, first, make.idea()):
        offer(project, make.user())

    page = browser_of(coordinator).get(reverse("site:coordinate"))

    assert [waiting.project for waiting in page.context["offers"]] == [second, first]
    assert of(first, "mentors") in page.text


@pytest.mark.django_db(transaction=True)
def test_an_offer_confirmed_declined_and_taken_back_at_once_goes_wrong_for_nobody():
    project, person = make.idea(), make.user()
    offered, coordinator = offer(project, person), make.coordinator_of(project)

    pages = together(
        posting(browser_of(coordinator), of(project, "confirm_mentor", offered.pk)),
        posting(browser_of(coordinator), of(project, "end_mentorship", offered.pk), {"because": "Too many."}),
        posting(browser_of(person), of(project, "step_back")),
    )

    assert {page.status_code for page in pages} <= {200, 404}
    assert not project.mentorships.filter(user=person).exists()
    assert Event.objects.filter(deed__in=["mentorship_ended", "mentor_stepped_back"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_name_claimed_from_many_tabs_is_claimed_once():
    project, person = make.idea(), make.confirmed(make.user(email="ada@example.org"))
    row = named(project)

    pages = together(*(posting(browser_of(person), of(project, "claim_mentorship", row.pk)) for _ in range(5)))

    assert [page.status_code for page in pages] == [200] * 5
    assert project.mentorships.get(user=person).pk == row.pk
    assert Event.objects.filter(deed="mentorship_claimed").count() == 1
