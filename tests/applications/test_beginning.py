"""Who may begin at a listing, and how much interest it has."""

import pytest

from applications import actions
from applications.models import Application, Contribution
from opw.accounts.models import User
from opw.errors import Refused
from opw.rounds.models import Phase
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db


def begin(listing: Listing, by: User) -> Application:
    return actions.save_application(
        listing=listing, by=by, answers=make.ANSWERS, seen_version=0, received_at=listing.round.applications_open_at
    )


def contribute(listing: Listing, by: User, *, url: str = "https://git.example.org/pull/1") -> Contribution:
    return actions.record_contribution(
        listing=listing, by=by, kind="patch", title="A patch", url=url, received_at=listing.round.applications_open_at
    )


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("deed", [begin, contribute])
def test_a_mentor_of_the_project_cannot_apply_to_it(deed, confirmed):
    listing, mentor = make.listing(), make.user()
    make.mentorship(listing.project, mentor, confirmed=confirmed)

    with pytest.raises(Refused, match="You mentor this project"):
        deed(listing, mentor)

    assert not Application.objects.exists()
    assert not Contribution.objects.exists()


def test_who_became_a_mentor_of_the_project_does_not_submit_to_it():
    listing = make.listing()
    application = make.application(listing, status=Application.Status.DRAFT)
    make.mentorship(listing.project, application.applicant)

    with pytest.raises(Refused, match="You mentor this project"):
        actions.submit_application(
            listing=listing,
            by=application.applicant,
            answers=make.ANSWERS,
            seen_version=1,
            received_at=listing.round.applications_open_at,
        )


def test_a_mentor_of_another_project_may_apply():
    listing = make.listing()
    mentor = make.mentor_of(make.listing(listing.participation))

    begin(listing, mentor)

    assert Application.objects.get().applicant == mentor


@pytest.mark.parametrize("deed", [begin, contribute])
def test_newcomers_do_not_begin_where_a_listing_is_closed_to_them(deed):
    listing = make.listing(closed_to_newcomers_at=make.round(Phase.FINISHED).published_at)

    with pytest.raises(Refused, match="no newcomers"):
        deed(listing, make.user())

    assert not Application.objects.exists()
    assert not Contribution.objects.exists()


def test_who_has_begun_goes_on_where_a_listing_closed_to_newcomers():
    listing = make.listing()
    drafting, contributing = make.user(), make.user()
    begin(listing, drafting)
    contribute(listing, contributing)
    Listing.objects.update(closed_to_newcomers_at=listing.listed_at)
    listing.refresh_from_db()

    contribute(listing, drafting)
    begin(listing, contributing)

    assert set(Application.objects.values_list("applicant", flat=True)) == {drafting.pk, contributing.pk}
    assert set(Contribution.objects.values_list("applicant", flat=True)) == {drafting.pk, contributing.pk}


@pytest.mark.parametrize("deed", [begin, contribute])
def test_nobody_begins_at_a_withdrawn_listing(deed):
    listing = make.listing(withdrawn_at=make.round(Phase.FINISHED).published_at)

    with pytest.raises(Refused, match="no longer offered"):
        deed(listing, make.user())


@pytest.mark.parametrize(
    ("others", "band"), [(0, "1 to 3"), (2, "1 to 3"), (3, "4 to 9"), (8, "4 to 9"), (9, "10 or more")]
)
def test_interest_is_written_down_as_a_band(others, band):
    listing = make.listing()
    for _ in range(others):
        make.application(listing, contributed=False)

    begin(listing, make.user())

    listing.refresh_from_db()
    assert listing.interest == band


def test_interest_falls_when_somebody_withdraws():
    application = make.application()
    round = application.round

    actions.withdraw_application(
        application=application, by=application.applicant, received_at=round.applications_open_at
    )

    application.listing.refresh_from_db()
    assert application.listing.interest == "0"
