"""The sentence an applicant reads: where she stands and what is next, from her own facts and the schedule alone."""

from datetime import timedelta

import pytest

from applications.models import Application, Contribution, InitialApplication
from applications.standing import standing_of
from opw.accounts.models import User
from opw.rounds.models import Deadlines, Round
from tests import make, scenarios

pytestmark = pytest.mark.django_db

Status = Application.Status


def sentence(applicant: User, round: Round, *, at=None) -> str:
    return standing_of(applicant, Deadlines(round), now=at or round.applications_open_at).sentence


def states(applicant: User, round: Round) -> dict[str, str]:
    """Each step by its name: done, hers to do next, hers but not yet, or others' to do."""
    standing = standing_of(applicant, Deadlines(round), now=round.applications_open_at)
    words = {True: "done", False: "hers"}
    found = {step.name: words[step.done] if step.is_hers or step.done else "others'" for step in standing.steps}
    return found | ({standing.next.name: "next"} if standing.next else {})


def test_the_whole_way_is_shown_from_the_account_to_the_submission():
    listing, applicant = make.listing(), make.user()

    begun = states(applicant, listing.round)
    make.initial_application(applicant, listing.round)
    make.application(listing, applicant)
    submitted = states(applicant, listing.round)
    Contribution.objects.update(mark=Contribution.Mark.COUNTS)
    counting = states(applicant, listing.round)

    names = ["account", "initial", "project", "contact", "recorded", "seen", "counts", "written", "submitted"]
    hers = dict.fromkeys(names, "hers")
    done = dict.fromkeys(names, "done")
    assert begun == hers | {"account": "done", "initial": "next", "seen": "others'", "counts": "others'"}
    assert submitted == done | {"seen": "others'", "counts": "others'"}
    assert counting == done


def test_an_initial_application_in_doubt_says_that_nothing_is_hers_to_do():
    certain = make.initial_application(status=InitialApplication.Status.SUBMITTED)
    doubtful = make.initial_application(
        round=certain.round, status=InitialApplication.Status.SUBMITTED, is_in_doubt=True
    )

    steps = [
        standing_of(one.applicant, Deadlines(one.round), now=one.round.applications_open_at).steps[1]
        for one in (certain, doubtful)
    ]

    assert [(step.name, step.done, step.words) for step in steps] == [
        ("initial", True, "Received."),
        ("initial", True, "Received. A coordinator looks at one of your answers; you need not do anything."),
    ]


def test_each_step_of_hers_says_until_when_it_can_be_done():
    application = make.application(status=Status.DRAFT, contributed=False)
    round, applicant = application.round, application.applicant
    later = round.applications_close_at + timedelta(days=2)
    make.extension(round, person=applicant, until_at=later)

    steps = standing_of(applicant, Deadlines(round), now=round.applications_open_at).steps

    assert {step.name: step.until for step in steps} == {
        "account": None, "initial": later, "project": later, "contact": later,
        "recorded": round.contributions_close_at, "seen": None, "counts": None, "written": later, "submitted": later,
    }  # fmt: skip


def test_the_next_step_is_the_first_that_is_missing():
    listing, applicant = make.listing(), make.user()
    said = [sentence(applicant, listing.round)]

    make.initial_application(applicant, listing.round)
    said.append(sentence(applicant, listing.round))
    application = make.application(listing, applicant, status=Status.DRAFT, contributed=False)
    said.append(sentence(applicant, listing.round))
    make.message(listing, applicant)
    said.append(sentence(applicant, listing.round))
    make.contribution(listing, applicant)
    said.append(sentence(applicant, listing.round))
    Application.objects.filter(pk=application.pk).update(status=Status.SUBMITTED, submitted_at=application.created_at)
    said.append(sentence(applicant, listing.round))

    assert said == [
        "Next: your initial application. It takes ten minutes.",
        "Next: choose a project, and say hello to its mentor.",
        "Next: say hello to your project's mentors.",
        "Next: a small contribution to your project.",
        "Next: submit your application.",
        "Submitted. Nothing more is needed from you.",
    ]


def test_a_message_of_a_mentor_is_no_first_contact_of_hers():
    application = make.application(status=Status.DRAFT, contributed=False)

    make.message(application.listing, application.applicant, author=make.mentor_of(application.listing))

    assert sentence(application.applicant, application.round) == "Next: say hello to your project's mentors."


def test_a_contribution_that_needs_work_is_not_enough():
    application = make.application(contributed=False)

    make.contribution(application.listing, application.applicant, mark="needs_work")

    said = sentence(application.applicant, application.round)
    assert said == "Next: work on your contribution. A mentor says what it needs."


def test_a_contribution_to_another_project_does_not_help_this_application():
    application = make.application(contributed=False)
    elsewhere = make.listing(application.listing.participation)

    make.contribution(elsewhere, application.applicant, mark="counts")

    assert sentence(application.applicant, application.round) == "Next: a small contribution to your project."


def test_without_a_contribution_the_page_says_so_in_plain_words():
    application = make.application(contributed=False)
    round = application.round

    said = sentence(application.applicant, round, at=round.contributions_close_at)

    assert said == "Your application has no contribution that counts. Without one by the deadline it is not considered."


def test_before_the_round_opens_and_after_its_deadline_the_page_says_so():
    round, applicant = make.round(), make.user()

    early = sentence(applicant, round, at=round.applications_open_at - timedelta(microseconds=1))
    late = sentence(applicant, round, at=round.applications_close_at)

    assert early == "Applications are not open yet. You can look at projects and talk to mentors."
    assert late == "The deadline has passed, and no application of yours was submitted."


def test_who_is_not_eligible_is_told():
    initial = make.initial_application(status=InitialApplication.Status.INELIGIBLE)

    said = sentence(initial.applicant, initial.round)

    assert said.startswith("By your initial application you cannot take part in this round.")


def test_more_time_shows_as_her_deadline():
    application = make.application()
    until = application.round.applications_close_at + timedelta(days=1)
    make.extension(application.round, until_at=until, person=application.applicant)

    round = application.round
    standing = standing_of(application.applicant, Deadlines(round), now=round.applications_open_at)

    assert standing.deadline == until


def test_decisions_show_nowhere_before_the_release():
    decided = scenarios.sealed()
    at = decided.round.announcement_at

    deadlines = Deadlines(decided.round)
    standings = [standing_of(application.applicant, deadlines, now=at) for application in decided.applications]

    assert standings[0] == standings[1] == standings[2]
