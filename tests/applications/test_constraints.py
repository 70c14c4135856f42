"""What the database itself keeps true of applications, whatever the code forgets."""

import pytest
from django.db import IntegrityError, transaction

from applications.models import Application, InitialApplication, Recusal
from tests import make

pytestmark = pytest.mark.django_db


def initial_again():
    initial = make.initial_application()
    make.initial_application(initial.applicant, initial.round)


def initial_submitted_at_no_time():
    make.initial_application(submitted_at=None)


def initial_draft_with_a_time():
    initial = make.initial_application()
    InitialApplication.objects.filter(pk=initial.pk).update(status="draft")


def application_again():
    application = make.application()
    make.application(application.listing, application.applicant, contributed=False)


def submitted_at_no_time():
    make.application(submitted_at=None)


def withdrawn_at_no_time():
    make.application(status=Application.Status.WITHDRAWN, withdrawn_at=None)


def submitted_and_withdrawn():
    application = make.application()
    Application.objects.filter(pk=application.pk).update(withdrawn_at=application.submitted_at)


def draft_with_an_outcome():
    make.application(status=Application.Status.DRAFT, outcome="accepted")


def contribution_again():
    contribution = make.contribution()
    make.contribution(contribution.listing, contribution.applicant, url=contribution.url)


def marking_without_a_mark():
    contribution = make.contribution()
    contribution.markings.create(mark="", by=make.mentor_of(contribution.listing), at=contribution.recorded_at)


def recused_twice():
    recusal = make.recusal(make.user(), make.user())
    make.recusal(recusal.person, recusal.applicant)


def recused_from_herself():
    person = make.user()
    Recusal.objects.create(person=person, applicant=person, reason="Me.")


@pytest.mark.parametrize(
    ("state", "constraint"),
    [
        (initial_again, "one_initial_application_per_round"),
        (initial_submitted_at_no_time, "initial_application_submitted_when"),
        (initial_draft_with_a_time, "initial_application_submitted_when"),
        (application_again, "one_application_per_listing"),
        (submitted_at_no_time, "application_submitted_when"),
        (withdrawn_at_no_time, "application_withdrawn_when"),
        (submitted_and_withdrawn, "application_withdrawn_when"),
        (draft_with_an_outcome, "drafts_have_no_outcome"),
        (contribution_again, "one_contribution_per_link"),
        (marking_without_a_mark, "a_marking_has_a_mark"),
        (recused_twice, "one_recusal_per_applicant"),
        (recused_from_herself, "nobody_is_recused_from_herself"),
    ],
)
def test_the_database_refuses(state, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        state()
