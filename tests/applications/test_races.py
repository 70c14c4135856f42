"""Two tabs at the same moment: one application, nothing overwritten silently, no error."""

import pytest
from django.urls import reverse

from applications.models import Application, Contribution, InitialApplication
from opw.accounts.models import User
from opw.audit.models import Event
from opw.mail.models import Letter
from projects.models import Listing
from tests import make
from tests.together import browser_of, posting, together

pytestmark = pytest.mark.django_db(transaction=True)


def two_tabs(applicant: User, address: str, *forms: dict[str, str]):
    """The same page open in as many tabs as there are forms, all of them sent at once."""
    return together(*(posting(browser_of(applicant), address, form | {"submit": ""}) for form in forms))


def ready(listing: Listing) -> User:
    return make.initial_application(round=listing.round).applicant


def write(listing: Listing) -> str:
    return reverse("applications:write", args=[listing.pk])


def test_two_first_submissions_of_different_text_make_one_application():
    listing = make.listing()
    applicant = ready(listing)
    texts = ["Typed in the first window.", "Typed in the second window."]
    forms = [make.ANSWERS | {"why": text, "version": "0"} for text in texts]

    pages = two_tabs(applicant, write(listing), *forms)

    application = Application.objects.get()
    submitted = ["changed in another window" not in page.text for page in pages]
    assert [page.status_code for page in pages] == [200, 200]
    assert sorted(submitted) == [False, True]
    assert application.status == Application.Status.SUBMITTED
    assert application.answers["why"] == texts[submitted.index(True)]
    refused = pages[submitted.index(False)].text
    assert [text in refused for text in texts] == [True, True]


def test_one_text_submitted_from_many_tabs_is_one_submission():
    listing = make.listing()
    applicant = ready(listing)
    form = make.ANSWERS | {"version": "0"}

    pages = two_tabs(applicant, write(listing), *[form] * 8)

    assert [page.status_code for page in pages] == [200] * 8
    assert ["changed in another window" in page.text for page in pages] == [False] * 8
    assert Application.objects.get().answers == make.ANSWERS
    assert Event.objects.filter(deed="application_submitted").count() == 1
    assert Letter.objects.count() == 1


def test_a_changed_application_submitted_from_two_tabs_keeps_one_text_and_shows_both():
    listing = make.listing()
    applicant = ready(listing)
    two_tabs(applicant, write(listing), make.ANSWERS | {"version": "0"})
    texts = ["Changed in the first window.", "Changed in the second window."]
    forms = [make.ANSWERS | {"why": text, "version": "1"} for text in texts]

    pages = two_tabs(applicant, write(listing), *forms)

    submitted = ["changed in another window" not in page.text for page in pages]
    assert sorted(submitted) == [False, True]
    assert Application.objects.get().answers["why"] == texts[submitted.index(True)]


def test_two_first_steps_of_the_initial_application_keep_one_text_and_show_both():
    round, applicant = make.round(), make.user()
    texts = ["A course.", "Two jobs."]
    forms = [{"experience": text, "publish_name": "yes", "version": "0"} for text in texts]

    pages = two_tabs(applicant, reverse("applications:initial_step", args=[round.slug, 3]), *forms)

    initial = InitialApplication.objects.get()
    kept = ["changed in another window" not in page.text for page in pages]
    assert sorted(kept) == [False, True]
    assert initial.draft["experience"] == texts[kept.index(True)]


def test_two_submissions_of_the_initial_application_are_one():
    round, applicant = make.round(), make.user()
    InitialApplication.objects.create(applicant=applicant, round=round, draft=make.INITIAL_ANSWERS, draft_version=1)

    two_tabs(applicant, reverse("applications:initial", args=[round.slug]), {}, {})

    initial = InitialApplication.objects.get()
    assert (initial.status, initial.answers) == (InitialApplication.Status.ELIGIBLE, make.INITIAL_ANSWERS)


def test_one_link_recorded_twice_at_once_is_one_contribution():
    listing, applicant = make.listing(), make.user()
    address = reverse("applications:contribute", args=[listing.pk])
    form = {"kind": "patch", "title": "A patch", "url": "https://git.example.org/pull/1"}

    pages = together(*(posting(browser_of(applicant), address, form) for _ in range(4)))

    assert [page.status_code for page in pages] == [200] * 4
    assert sorted("You recorded this link already" in page.text for page in pages) == [False, True, True, True]
    assert Contribution.objects.count() == 1


def test_applications_to_two_projects_begun_at_once_are_two():
    first = make.listing()
    second = make.listing(first.participation)
    applicant = ready(first)
    form = make.ANSWERS | {"version": "0", "submit": ""}

    pages = together(*(posting(browser_of(applicant), write(listing), form) for listing in (first, second)))

    assert [page.status_code for page in pages] == [200, 200]
    assert Application.objects.submitted().count() == 2


def test_interest_is_right_when_many_begin_at_once():
    listing = make.listing()
    applicants = [ready(listing) for _ in range(5)]
    form = make.ANSWERS | {"version": "0", "submit": ""}

    together(*(posting(browser_of(applicant), write(listing), form) for applicant in applicants))

    listing.refresh_from_db()
    assert listing.interest == "4 to 9"
