"""What a mentor or coordinator sees of an applicant; nothing where she has an interest of her own."""

import pytest
from django.urls import reverse

from applications.actions import step_back
from applications.models import Application, Contribution, Recusal
from mentors import permissions, tables
from mentors.decisions import decisions_of
from opw.accounts.models import User
from opw.audit.models import Event
from opw.rounds.models import Phase
from tests import make

pytestmark = pytest.mark.django_db

Status = Application.Status


def sees(reader: User, application: Application) -> bool:
    return Application.objects.seen_by_reviewers(reader).contains(application)


def people(application: Application) -> dict[str, User]:
    """Everybody who deals with an application."""
    return {
        "mentor": make.mentor_of(application.listing),
        "coordinator": make.coordinator_of(application.listing),
        "program coordinator": make.program_coordinator(),
    }


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_only_submitted_applications_are_seen(status):
    application = make.application(status=status)

    assert [sees(reader, application) for reader in people(application).values()] == [False, False, False]


def test_a_draft_of_changes_is_its_authors_alone(client):
    application = make.application(draft=make.ANSWERS | {"why": "A secret draft."}, draft_version=1)

    pages = []
    for reader in people(application).values():
        client.force_login(reader)
        pages.append(client.get(reverse("mentors:application", args=[application.pk])).text)

    assert [make.ANSWERS["why"] in page for page in pages] == [True, True, True]
    assert ["A secret draft." in page for page in pages] == [False, False, False]


def test_reviewers_read_no_answers_of_the_initial_application(client):
    application = make.application()

    client.force_login(make.mentor_of(application.listing))
    page = client.get(reverse("mentors:application", args=[application.pk])).text

    assert make.INITIAL_ANSWERS["experience"] not in page


def test_an_unconfirmed_mentor_sees_nothing():
    application, person = make.application(), make.user()

    make.mentorship(application.listing.project, person, confirmed=False)

    assert not sees(person, application)
    assert not permissions.may_see_listing(person, application.listing)


def test_stepping_back_hides_the_applicant_and_her_counts():
    listing = make.listing()
    stays, friend = make.application(listing), make.application(listing)
    mentor = make.mentor_of(listing)

    step_back(applicant=friend.applicant, by=mentor, reason="A friend.")

    row = vars(tables.mentored_listings(mentor, listing.round).get())
    assert list(tables.applicants_of(listing, mentor)) == [stays]
    assert [one.applicant for one in tables.contributions_to(listing, mentor)] == [stays.applicant]
    assert (row["applications"], row["unrated"], row["unseen"]) == (1, 1, 1)


@pytest.mark.parametrize("role", ["mentor", "coordinator", "program coordinator"])
def test_who_stepped_back_sees_nothing_in_any_role(role):
    application = make.application()
    person = people(application)[role]

    step_back(applicant=application.applicant, by=person, reason="A friend.")

    contribution = Contribution.objects.get()
    assert not sees(person, application)
    assert not Application.objects.on_the_table_of(person).exists()
    assert not Contribution.objects.visible_to(person).contains(contribution)


def test_stepping_back_reaches_all_of_her_applications():
    listing = make.listing()
    other = make.listing(listing.participation)
    first = make.application(listing)
    second = make.application(other, first.applicant)
    coordinator = make.coordinator_of(listing)

    step_back(applicant=first.applicant, by=coordinator, reason="A friend.")

    assert (sees(coordinator, first), sees(coordinator, second)) == (False, False)


def test_stepping_back_twice_is_once():
    application = make.application()
    mentor = make.mentor_of(application.listing)

    audited = []
    for _ in range(2):
        step_back(applicant=application.applicant, by=mentor, reason="A friend.")
        audited.append([event.deed for event in Event.objects.about(Recusal.objects.get())])

    assert audited == [["stepped_back"], ["stepped_back"]]


def test_a_table_of_selections_leaves_out_who_one_stepped_back_from():
    selection = make.selection(make.participation(slots=1), confirmed=True)
    listing = selection.application.listing
    coordinator = make.coordinator_of(listing)

    step_back(applicant=selection.application.applicant, by=coordinator, reason="A friend.")

    decisions = decisions_of(listing.participation, coordinator)
    assert (decisions.proposals, decisions.waiting, decisions.taken) == ([], [], 1)


@pytest.mark.parametrize("role", ["mentor", "coordinator", "program coordinator"])
@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED])
def test_who_applies_in_the_round_sees_nothing_of_it_in_any_role(role, status):
    application = make.application()
    listing = application.listing
    person = people(application)[role]

    make.application(make.listing(make.participation(listing.round)), person, status=status)

    assert not sees(person, application)
    assert not Contribution.objects.visible_to(person).contains(Contribution.objects.earliest("pk"))
    assert not permissions.may_see_listing(person, listing)
    assert not permissions.may_see_selections(person, listing.participation)
    assert not permissions.may_decide_rest(person, listing)
    assert not permissions.may_seal(person, listing.round)


def test_who_withdrew_her_own_application_sees_again():
    application = make.application()
    mentor = make.mentor_of(application.listing)

    make.application(make.listing(make.participation(application.round)), mentor, status=Status.WITHDRAWN)

    assert sees(mentor, application)


def test_who_applies_in_another_round_sees_this_one():
    application = make.application()
    mentor = make.mentor_of(application.listing)

    make.application(make.listing(make.participation(phase=Phase.FINISHED)), mentor)

    assert sees(mentor, application)


def test_nobody_deals_with_her_own_application():
    application = make.application()
    application.community.coordinators.add(application.applicant)
    application.applicant.is_staff = True
    application.applicant.save()

    assert not sees(application.applicant, application)
    assert not Application.objects.on_the_table_of(application.applicant).exists()
