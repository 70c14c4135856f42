"""Contributions: recorded with a link, recognised by it, and marked by mentors."""

from datetime import timedelta
from typing import Any

import pytest

from applications import actions
from applications.models import Contribution
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Deadline, Phase
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
PATCH: dict[str, Any] = {"kind": "patch", "title": "Mend the driver", "url": "https://git.example.org/pull/1"}


def record(listing: Listing, by: User, *, at=None, **facts: Any) -> Contribution:
    return actions.record_contribution(
        listing=listing, by=by, received_at=at or listing.round.applications_open_at, **PATCH | facts
    )


def test_a_contribution_is_recorded_without_an_application():
    listing, applicant = make.listing(), make.user()

    contribution = record(listing, applicant)

    contribution.refresh_from_db()
    assert (contribution.applicant, contribution.listing, contribution.mark) == (applicant, listing, "")
    assert Event.objects.about(contribution).get().deed == "contribution_recorded"


@pytest.mark.parametrize(
    "again",
    [
        "https://git.example.org/pull/1",
        "http://git.example.org/pull/1/",
        "https://GIT.example.org/pull/1#comment-3",
        "https://git.example.org:443/pull/1?utm_source=mail",
    ],
)
def test_the_same_link_is_recorded_once_a_round(again):
    listing, applicant = make.listing(), make.user()
    record(listing, applicant, title="Mend the driver")

    with pytest.raises(Refused, match="already, as “Mend the driver”"):
        record(make.listing(listing.participation), applicant, url=again)

    assert Contribution.objects.count() == 1


def test_two_people_may_record_the_same_link():
    listing = make.listing()

    for _ in range(2):
        record(listing, make.user())

    assert Contribution.objects.count() == 2


def test_one_microsecond_decides():
    listing = make.listing()
    closes_at = listing.round.contributions_close_at

    in_time = record(listing, make.user(), at=closes_at - MOMENT)
    with pytest.raises(Refused, match="deadline for contributions has passed"):
        record(listing, make.user(), at=closes_at)

    assert Contribution.objects.get() == in_time


def test_contributions_stay_open_after_applications_close():
    listing = make.listing()

    contribution = record(listing, make.user(), at=listing.round.applications_close_at + timedelta(days=1))

    assert Contribution.objects.get() == contribution


def test_more_time_for_contributions_reaches_them():
    listing, applicant = make.listing(), make.user()
    until = listing.round.contributions_close_at + timedelta(days=1)
    make.extension(listing.round, until_at=until, deadline=Deadline.CONTRIBUTIONS, person=applicant)

    contribution = record(listing, applicant, at=until - MOMENT)

    assert Contribution.objects.get() == contribution


def test_nothing_is_recorded_before_the_round_opens():
    listing = make.listing()

    with pytest.raises(Refused, match="not open yet"):
        record(listing, make.user(), at=listing.round.applications_open_at - MOMENT)


@pytest.mark.parametrize("mark", ["seen", "counts", "needs_work"])
def test_a_mark_is_kept_and_its_applicant_told(mark):
    contribution = make.contribution()
    mentor = make.mentor_of(contribution.listing)
    at = contribution.round.applications_close_at

    actions.mark_contribution(contribution=contribution, by=mentor, mark=mark, comment="Nice test.", at=at)

    contribution.refresh_from_db()
    event, letter = Event.objects.about(contribution).get(), Letter.objects.get()
    marking = contribution.markings.get()
    assert contribution.mark == mark
    assert (marking.mark, marking.comment, marking.by, marking.at) == (mark, "Nice test.", mentor, at)
    assert (event.deed, event.before, event.after) == ("contribution_marked", {"mark": ""}, {"mark": mark})
    assert letter.recipient == contribution.applicant
    assert "Nice test." in letter.text


def test_contributions_are_not_marked_after_the_release():
    contribution = make.contribution(make.listing(make.participation(phase=Phase.ANNOUNCED)))

    with pytest.raises(Refused, match="results of this round are out"):
        actions.mark_contribution(
            contribution=contribution,
            by=make.mentor_of(contribution.listing),
            mark="counts",
            comment="",
            at=contribution.round.announcement_at,
        )

    assert not Letter.objects.exists()
