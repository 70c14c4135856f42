"""Taking an application back, and submitting it again."""

from datetime import timedelta

import pytest

from applications import actions
from applications.models import Application
from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds.models import Phase
from tests import make, scenarios

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
Status = Application.Status


def submit_again(application: Application, *, at) -> None:
    actions.submit_application(
        listing=application.listing,
        by=application.applicant,
        answers=make.ANSWERS,
        seen_version=application.draft_version,
        received_at=at,
    )


def test_a_withdrawn_application_keeps_what_it_said():
    application = make.application()
    at = application.round.applications_close_at

    actions.withdraw_application(application=application, by=application.applicant, received_at=at)

    application.refresh_from_db()
    event = Event.objects.about(application).get()
    assert (application.status, application.withdrawn_at) == (Status.WITHDRAWN, at)
    assert application.answers == make.ANSWERS
    assert (event.deed, event.actor) == ("application_withdrawn", application.applicant)


def test_a_withdrawn_application_can_be_submitted_again_before_the_deadline():
    application = make.application(status=Status.WITHDRAWN)

    submit_again(application, at=application.round.applications_close_at - MOMENT)

    application.refresh_from_db()
    assert (application.status, application.withdrawn_at) == (Status.SUBMITTED, None)


def test_a_withdrawn_application_stays_withdrawn_after_the_deadline():
    application = make.application(status=Status.WITHDRAWN)

    with pytest.raises(Refused, match="deadline for applications has passed"):
        submit_again(application, at=application.round.applications_close_at)

    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN


def test_withdrawing_is_possible_until_the_results_are_out_however_late():
    application = make.application()
    scenarios.reach(application.round, "announcement_at")
    hours_later = application.round.announcement_at + timedelta(hours=5)

    actions.withdraw_application(application=application, by=application.applicant, received_at=hours_later)

    application.refresh_from_db()
    assert application.status == Status.WITHDRAWN


def test_withdrawing_is_over_when_the_results_are_out():
    application = make.application(make.listing(make.participation(phase=Phase.ANNOUNCED)))
    at = application.round.announcement_at

    with pytest.raises(Refused, match="results of this round are out"):
        actions.withdraw_application(application=application, by=application.applicant, received_at=at)

    application.refresh_from_db()
    assert application.status == Status.SUBMITTED


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN])
def test_only_a_submitted_application_is_withdrawn(status):
    application = make.application(status=status)

    with pytest.raises(Refused, match="Only a submitted application"):
        actions.withdraw_application(
            application=application, by=application.applicant, received_at=application.round.applications_open_at
        )
