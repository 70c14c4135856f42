"""What counts and what is being typed; who may submit, and until when."""

from datetime import timedelta
from typing import Any

import pytest

from applications import actions
from applications.models import Application, InitialApplication
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Deadline, Phase
from projects.models import Listing
from tests import make

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
Status = Application.Status


def save(listing: Listing, by: User, *, seen: int = 0, **answers: str) -> Application:
    """Save a draft with these changes to the usual answers."""
    return actions.save_application(
        listing=listing,
        by=by,
        answers=make.ANSWERS | answers,
        seen_version=seen,
        received_at=listing.round.applications_open_at,
    )


def submit(listing: Listing, by: User, *, seen: int = 0, at=None, **answers: str) -> Application:
    """Submit the usual answers with these changes, on the first day unless said otherwise."""
    return actions.submit_application(
        listing=listing,
        by=by,
        answers=make.ANSWERS | answers,
        seen_version=seen,
        received_at=at or listing.round.applications_open_at,
    )


def eligible(listing: Listing) -> User:
    return make.initial_application(round=listing.round).applicant


def only(applicant: User) -> Application:
    return Application.objects.get(applicant=applicant)


def test_a_draft_is_kept_and_does_not_count():
    listing, applicant = make.listing(), make.user()

    save(listing, applicant)

    application = only(applicant)
    assert (application.status, application.draft, application.answers) == (Status.DRAFT, make.ANSWERS, {})
    assert application.submitted_at is None


def test_submitting_makes_the_answers_count():
    listing = make.listing()
    applicant = eligible(listing)

    submit(listing, applicant)

    application = only(applicant)
    event = Event.objects.about(application).get()
    letter = Letter.objects.get()
    assert (application.status, application.answers) == (Status.SUBMITTED, make.ANSWERS)
    assert application.submitted_at == listing.round.applications_open_at
    assert (event.deed, event.actor, event.before) == ("application_submitted", applicant, {"status": "draft"})
    assert (letter.recipient, letter.subject) == (applicant, f"We have your application, {listing.round}")


def test_the_receipt_says_what_was_submitted():
    listing = make.listing()

    submit(listing, eligible(listing), why="I boot it.\r\n\r\nEvery day\x07.", plan="")

    text = " ".join(Letter.objects.get().text.split())
    assert "Why this project? I boot it. Every day ." in text
    assert "and when? No answer." in text


def test_a_draft_changes_nothing_of_what_was_submitted():
    listing = make.listing()
    applicant = eligible(listing)
    submit(listing, applicant)

    save(listing, applicant, seen=1, why="Because of the weather.")

    application = only(applicant)
    assert application.answers == make.ANSWERS
    assert application.draft["why"] == "Because of the weather."
    assert application.has_unsubmitted_changes


def test_a_changed_application_is_submitted_again_and_its_revisions_kept():
    listing = make.listing()
    applicant = eligible(listing)
    submit(listing, applicant)

    submit(listing, applicant, seen=1, at=listing.round.applications_open_at + MOMENT, why="Because of the weather.")

    application = only(applicant)
    kept = application.history.exclude(answers={}).order_by("history_id")
    assert application.answers["why"] == "Because of the weather."
    assert [revision.answers["why"] for revision in kept] == [make.ANSWERS["why"], "Because of the weather."]
    assert Letter.objects.count() == 2


def test_the_same_text_submitted_twice_is_one_submission():
    listing = make.listing()
    applicant = eligible(listing)

    for _ in range(2):
        submit(listing, applicant)

    assert only(applicant).draft_version == 1
    assert Letter.objects.count() == 1
    assert Event.objects.filter(deed="application_submitted").count() == 1


def test_a_stale_tab_overwrites_nothing():
    listing = make.listing()
    applicant = eligible(listing)
    save(listing, applicant, why="Typed in the first window.")

    with pytest.raises(actions.Stale) as stale:
        submit(listing, applicant, seen=0, why="Typed in the second window.")

    application = only(applicant)
    assert application.draft["why"] == "Typed in the first window."
    assert (application.status, application.answers) == (Status.DRAFT, {})
    assert (stale.value.stored["why"], stale.value.version) == ("Typed in the first window.", 1)


def test_one_microsecond_decides():
    listing = make.listing()
    in_time, too_late = eligible(listing), eligible(listing)
    closes_at = listing.round.applications_close_at

    submit(listing, in_time, at=closes_at - MOMENT)
    with pytest.raises(Refused, match="deadline for applications has passed"):
        submit(listing, too_late, at=closes_at)

    assert [only(applicant).status for applicant in (in_time, too_late)] == [Status.SUBMITTED, Status.DRAFT]


def test_what_comes_too_late_is_kept_as_a_draft():
    listing = make.listing()
    applicant = eligible(listing)
    submit(listing, applicant)

    with pytest.raises(Refused, match="Your text is kept as a draft"):
        submit(listing, applicant, seen=1, at=listing.round.applications_close_at, why="An hour of typing.")

    application = only(applicant)
    assert application.answers == make.ANSWERS
    assert application.draft["why"] == "An hour of typing."
    assert application.submitted_at == listing.round.applications_open_at


def her_community(listing: Listing, applicant: User) -> dict[str, Any]:
    return {"community": listing.community}


def herself(listing: Listing, applicant: User) -> dict[str, Any]:
    return {"person": applicant}


def everybody(listing: Listing, applicant: User) -> dict[str, Any]:
    return {}


@pytest.mark.parametrize("reaching", [herself, her_community, everybody])
def test_more_time_lets_one_submit_until_it_ends(reaching):
    listing = make.listing()
    applicant = eligible(listing)
    until = listing.round.applications_close_at + timedelta(days=1)
    make.extension(listing.round, until_at=until, **reaching(listing, applicant))

    with pytest.raises(Refused, match="deadline for applications has passed"):
        submit(listing, applicant, at=until, why="Too late even so.")
    submit(listing, applicant, seen=1, at=until - MOMENT)

    assert only(applicant).status == Status.SUBMITTED


def test_somebody_elses_more_time_helps_nobody_else():
    listing = make.listing()
    applicant = eligible(listing)
    make.extension(listing.round, until_at=listing.round.contributions_close_at, person=make.user())
    make.extension(listing.round, until_at=listing.round.contributions_close_at, deadline=Deadline.CONTRIBUTIONS)

    with pytest.raises(Refused, match="deadline for applications has passed"):
        submit(listing, applicant, at=listing.round.applications_close_at)

    assert only(applicant).status == Status.DRAFT


def test_nothing_is_submitted_before_applications_open():
    listing = make.listing()
    applicant = eligible(listing)

    with pytest.raises(Refused, match="not open yet"):
        submit(listing, applicant, at=listing.round.applications_open_at - MOMENT)

    assert only(applicant).status == Status.DRAFT


@pytest.mark.parametrize("status", [None, InitialApplication.Status.DRAFT])
def test_the_initial_application_comes_first(status):
    listing, applicant = make.listing(), make.user()
    if status:
        make.initial_application(applicant, listing.round, status=status)

    with pytest.raises(Refused, match="Submit your initial application first"):
        submit(listing, applicant)

    assert (only(applicant).status, only(applicant).draft) == (Status.DRAFT, make.ANSWERS)


def test_an_initial_application_of_another_round_is_not_enough():
    listing, applicant = make.listing(), make.user()
    make.initial_application(applicant, make.round(Phase.FINISHED))

    with pytest.raises(Refused, match="Submit your initial application first"):
        submit(listing, applicant)


def test_who_is_not_eligible_does_not_submit():
    listing, applicant = make.listing(), make.user()
    make.initial_application(applicant, listing.round, status=InitialApplication.Status.INELIGIBLE)

    with pytest.raises(Refused, match="you cannot take part in this round"):
        submit(listing, applicant)

    assert (only(applicant).status, only(applicant).draft) == (Status.DRAFT, make.ANSWERS)


def test_who_is_not_decided_about_yet_submits():
    listing, applicant = make.listing(), make.user()
    make.initial_application(applicant, listing.round, status=InitialApplication.Status.SUBMITTED)

    submit(listing, applicant)

    assert only(applicant).status == Status.SUBMITTED


def test_a_listing_that_was_withdrawn_takes_no_submissions():
    listing = make.listing()
    applicant = eligible(listing)
    save(listing, applicant)
    Listing.objects.update(withdrawn_at=listing.listed_at)
    listing.refresh_from_db()

    with pytest.raises(Refused, match="no longer offered"):
        submit(listing, applicant, seen=1, why="Typed since.")

    assert (only(applicant).status, only(applicant).draft["why"]) == (Status.DRAFT, "Typed since.")


def test_applications_are_ranked_in_the_order_of_their_beginning():
    first = make.listing()
    second = make.listing(first.participation)
    applicant = make.user()

    ranks = [save(listing, applicant).rank for listing in (first, second)]

    assert ranks == [1, 2]


def test_a_draft_is_no_revision():
    listing, applicant = make.listing(), make.user()
    application = save(listing, applicant)
    before = application.history.count()

    save(listing, applicant, seen=1, why="Because of the weather.")

    assert application.history.count() == before
