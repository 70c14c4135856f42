"""The initial application: once a round, eligible or not by the round's own questions."""

from datetime import timedelta

import pytest

from applications import actions
from applications.models import InitialApplication
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds.models import Phase, Round
from tests import make

pytestmark = pytest.mark.django_db

MOMENT = timedelta(microseconds=1)
Status = InitialApplication.Status


def submit(round: Round, by: User, *, seen: int = 0, at=None, **answers: str) -> None:
    actions.submit_initial_application(
        round=round,
        by=by,
        answers=make.INITIAL_ANSWERS | answers,
        seen_version=seen,
        received_at=at or round.applications_open_at,
    )


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({}, Status.ELIGIBLE),
        ({"of_age": "no"}, Status.INELIGIBLE),
        ({"took_part": "yes"}, Status.INELIGIBLE),
        ({"gsoc": "yes", "publish_name": "no"}, Status.ELIGIBLE),
        ({"may_work": "No"}, Status.INELIGIBLE),
        ({"may_work": "I am not sure"}, Status.SUBMITTED),
    ],
    ids=str,
)
def test_the_answers_say_whether_one_is_eligible(answers, status):
    round, applicant = make.round(), make.user()

    submit(round, applicant, **answers)

    initial = InitialApplication.objects.get()
    event = Event.objects.about(initial).get()
    assert (initial.applicant, initial.round, initial.status) == (applicant, round, status)
    assert (event.before, event.after) == ({"status": Status.DRAFT}, {"status": status})


def test_a_wrong_answer_can_be_corrected():
    round, applicant = make.round(), make.user()
    submit(round, applicant, of_age="no")

    submit(round, applicant, seen=1)

    assert InitialApplication.objects.get().status == Status.ELIGIBLE


def test_one_microsecond_decides_and_the_text_is_kept():
    round, in_time, too_late = make.round(), make.user(), make.user()

    submit(round, in_time, at=round.applications_close_at - MOMENT)
    with pytest.raises(Refused, match="Your text is kept as a draft"):
        submit(round, too_late, at=round.applications_close_at)

    late = InitialApplication.objects.get(applicant=too_late)
    assert InitialApplication.objects.get(applicant=in_time).status == Status.ELIGIBLE
    assert (late.status, late.draft, late.answers) == (Status.DRAFT, make.INITIAL_ANSWERS, {})


def test_nothing_is_submitted_before_applications_open():
    round, applicant = make.round(), make.user()

    with pytest.raises(Refused, match="not open yet"):
        submit(round, applicant, at=round.applications_open_at - MOMENT)

    assert InitialApplication.objects.get().status == Status.DRAFT


def test_more_time_for_her_reaches_the_initial_application():
    round, applicant = make.round(), make.user()
    until = round.applications_close_at + timedelta(days=1)
    make.extension(round, until_at=until, person=applicant)

    submit(round, applicant, at=until - MOMENT)

    assert InitialApplication.objects.get().status == Status.ELIGIBLE


def test_more_time_for_a_community_reaches_the_initial_application_of_who_comes_to_it():
    participation, applicant = make.participation(), make.user()
    round = participation.round
    until = round.applications_close_at + timedelta(days=1)
    make.extension(round, until_at=until, community=participation.community)

    submit(round, applicant, at=until - MOMENT)

    assert InitialApplication.objects.get().status == Status.ELIGIBLE


def test_a_stale_tab_overwrites_nothing():
    round, applicant = make.round(), make.user()
    submit(round, applicant, experience="A course.")

    with pytest.raises(actions.Stale):
        submit(round, applicant, seen=0, experience="None.")

    initial = InitialApplication.objects.get()
    assert (initial.draft["experience"], initial.answers["experience"]) == ("A course.", "A course.")


def test_each_round_has_an_initial_application_of_its_own():
    applicant = make.user()
    for round in (make.round(), make.round(Phase.FINISHED)):
        submit(round, applicant)

    assert InitialApplication.objects.filter(applicant=applicant).count() == 2
