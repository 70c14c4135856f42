"""Drafts of replies: what they go by, what each writer may know, and that they are sent as any message is."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, InitialApplication, Message
from opw.accounts.models import User
from opw.mail.models import Letter, Topic
from opw.rounds.kinds import Kind
from opw.rounds.models import Deadline, LetterText
from projects.models import Listing
from tests import make, scenarios
from tests.look.page import element
from tests.projects.test_bad_input import NASTY, is_safe

pytestmark = pytest.mark.django_db


def address(listing: Listing, applicant: User) -> str:
    return reverse("mentors:reply", args=[listing.pk, applicant.pk])


def messages_of(application: Application) -> str:
    return reverse("mentors:messages", args=[application.listing_id, application.applicant_id])


def drafted(client: Client, by: User, listing: Listing, applicant: User, *say: Kind) -> tuple[list[str], str]:
    """The facts that the page names, without those that only program coordinators know, and the draft."""
    client.force_login(by)
    page = client.get(address(listing, applicant), {"say": list(say)})
    assert page.status_code == 200
    return [fact.words for fact in page.context["facts"]], page.context["form"]["body"].value()


def test_who_contributed_is_thanked_for_it(client):
    application = make.application(contributed=False)
    listing, applicant = application.listing, application.applicant
    make.contribution(listing, applicant, title="Mend the boot", mark="counts")
    make.contribution(listing, applicant, title="Test it")

    facts, draft = drafted(client, make.mentor_of(listing), listing, applicant)

    assert facts == ["Recorded for this project: 2 contributions, of which 1 counts."]
    assert draft.startswith(f"Hello {applicant.name},\n\n")
    assert "“Mend the boot”, “Test it”" in draft


def test_what_needs_work_is_said_with_the_time_that_is_left(client):
    application = make.application(contributed=False)
    make.contribution(application.listing, application.applicant, mark="needs_work")
    mentor = make.mentor_of(application.listing)

    facts, draft = drafted(client, mentor, application.listing, application.applicant)
    scenarios.reach(application.round, "contributions_close_at")
    _, late = drafted(client, mentor, application.listing, application.applicant)

    assert facts == ["Recorded for this project: 1 contribution, all of which need work."]
    assert "You can improve it, or record another contribution, until" in draft
    assert "until" not in late


def test_who_holds_a_starter_task_is_asked_for_its_link(client):
    application = make.application(contributed=False)
    make.task(application.listing.project, held_by=application.applicant, title="Mend a typo")

    facts, draft = drafted(client, make.mentor_of(application.listing), application.listing, application.applicant)

    assert facts == ["Recorded for this project: no contribution. She holds the starter task “Mend a typo”."]
    assert "You hold the starter task “Mend a typo”." in draft
    assert reverse("applications:contribute", args=[application.listing_id]) in draft


def test_a_link_in_her_application_that_is_not_recorded_is_noticed(client):
    answers = make.ANSWERS | {"plan": "First https://git.example.org/1, then the driver."}
    application = make.application(contributed=False, answers=answers)

    facts, draft = drafted(client, make.mentor_of(application.listing), application.listing, application.applicant)

    assert facts == ["Recorded for this project: no contribution. Her application has a link in it."]
    assert "no contribution of yours is recorded yet" in draft
    assert "starter task" not in draft


def test_contributions_to_another_project_are_named_to_who_may_know(client):
    application = make.application(contributed=False)
    other = make.listing(application.listing.participation)
    make.contribution(other, application.applicant)
    listing, applicant = application.listing, application.applicant

    coordinators, draft = drafted(client, make.coordinator_of(listing), listing, applicant)
    mentors, mentors_draft = drafted(client, make.mentor_of(listing), listing, applicant)

    assert coordinators == [f"Recorded for this project: no contribution. For “{other.project}”: 1 contribution."]
    assert f"is recorded for “{other.project}”" in draft
    assert mentors == ["Recorded for this project: no contribution."]
    assert other.project.title not in mentors_draft


def test_who_only_wrote_is_told_of_both_steps(client):
    listing, applicant = make.listing(), make.user()
    make.message(listing, applicant)

    facts, draft = drafted(client, make.program_coordinator(), listing, applicant)

    assert facts == [
        "Recorded for this project: no contribution.",
        "No application of hers to this project is submitted.",
    ]
    assert "without one an application is not considered" in draft
    assert "No application of yours" in draft


PRIVATE = {
    "free_hours": 12,
    "answers": make.INITIAL_ANSWERS | {"took_part": "yes", "gsoc": "yes"},
}


def test_a_program_coordinator_chooses_what_is_said_of_the_initial_application(client):
    application = make.application()
    InitialApplication.objects.filter(applicant=application.applicant).update(**PRIVATE)
    coordinator = make.program_coordinator()
    kinds = [Kind.REPLY_COMMITMENTS, Kind.REPLY_TOOK_PART, Kind.REPLY_GSOC]

    _, careful = drafted(client, coordinator, application.listing, application.applicant)
    _, whole = drafted(client, coordinator, application.listing, application.applicant, *kinds)
    page = client.get(address(application.listing, application.applicant), {"say": Kind.REPLY_GSOC})

    assert [(fact.kind, said) for fact, said in page.context["choices"]] == [
        (Kind.REPLY_COMMITMENTS, False), (Kind.REPLY_TOOK_PART, False), (Kind.REPLY_GSOC, True)
    ]  # fmt: skip
    assert "Google" not in careful
    assert whole.startswith(careful)
    assert "leave you 12 hours a week" in whole
    assert "you have been an intern" in whole
    assert "apply to Google Summer of Code too" in whole


@pytest.mark.parametrize("reader", ["mentor", "coordinator"])
def test_nobody_else_can_choose_it(client, reader):
    application = make.application()
    InitialApplication.objects.filter(applicant=application.applicant).update(**PRIVATE)
    listing = application.listing
    person = make.mentor_of(listing) if reader == "mentor" else make.coordinator_of(listing)

    _, plain = drafted(client, person, listing, application.applicant)
    _, asked = drafted(client, person, listing, application.applicant, *Kind)
    page = client.get(address(listing, application.applicant), {"say": list(Kind)})

    assert asked == plain
    assert page.context["choices"] == []


def test_a_program_coordinator_who_stepped_back_or_a_purged_answer_says_nothing(client):
    application = make.application()
    facts: dict[str, Any] = PRIVATE | {"purged_at": timezone.now()}
    InitialApplication.objects.filter(applicant=application.applicant).update(**facts)
    recused = make.program_coordinator()
    make.recusal(recused, application.applicant)
    client.force_login(make.program_coordinator())

    page = client.get(address(application.listing, application.applicant))
    client.force_login(recused)
    nothing = client.get(address(application.listing, application.applicant))

    assert page.context["choices"] == []
    assert nothing.status_code == 404


# What a mentor may not see of an applicant: each changes it, for all drafts to be the same after it.
Hide = Callable[[Application], Any]


def answered(**facts: Any) -> Hide:
    return lambda hers: InitialApplication.objects.filter(applicant=hers.applicant).update(**facts)


def begun_elsewhere(status: Application.Status) -> Hide:
    def begin(hers: Application) -> None:
        other = make.listing(hers.listing.participation)
        make.application(other, hers.applicant, status=status, contributed=False)

    return begin


def active_elsewhere(hers: Application) -> None:
    other = make.listing(hers.listing.participation)
    make.contribution(other, hers.applicant, mark="counts")
    make.message(other, hers.applicant)


def given_time(hers: Application) -> None:
    """More time for her alone, read in her own zone, and a text that is not submitted."""
    until_at = hers.round.selection_closes_at
    for deadline in Deadline:
        make.extension(hers.round, until_at=until_at, deadline=deadline, person=hers.applicant)
    User.objects.filter(pk=hers.applicant_id).update(timezone="Asia/Tokyo")
    Application.objects.filter(pk=hers.pk).update(draft={"plan": "https://git.example.org/1"})


def nothing(hers: Application) -> None:
    """As it was."""


HIDDEN: list[list[Hide]] = [
    [nothing, answered(**PRIVATE)],
    [nothing, answered(is_in_doubt=True, status=InitialApplication.Status.SUBMITTED)],
    [nothing, begun_elsewhere(Application.Status.DRAFT), begun_elsewhere(Application.Status.SUBMITTED)],
    [nothing, active_elsewhere],
    [nothing, given_time],
]


@pytest.mark.parametrize("contributed", [True, False])
def test_a_mentors_draft_is_the_same_whatever_she_may_not_see(client, contributed):
    application = make.application(contributed=contributed)
    client.force_login(make.mentor_of(application.listing))
    told = set()

    for hidden in product(*HIDDEN):
        with transaction.atomic():
            for hide in hidden:
                hide(application)
            page = client.get(address(application.listing, application.applicant), {"say": list(Kind)})
            told.add(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.text))
            transaction.set_rollback(True)

    assert len(told) == 1


def test_the_rounds_own_words_are_said(client):
    application = make.application(contributed=False)
    body = "Dear $name\n\nnothing for $project: $link\n\nUntil $contribute_by."
    LetterText.objects.create(round=application.round, kind=Kind.REPLY_NOTHING_YET, body=body)

    _, draft = drafted(client, make.mentor_of(application.listing), application.listing, application.applicant)

    assert draft.startswith(f"Dear {application.applicant.name}\n\nnothing for {application.listing.project}: http")


def test_a_draft_is_nothing_but_a_draft_until_it_is_sent_as_a_message(client):
    application = make.application()
    listing, applicant = application.listing, application.applicant
    mentor = make.mentor_of(listing)

    _, draft = drafted(client, mentor, listing, applicant)
    before = Message.objects.count(), Letter.objects.count()
    client.post(reverse("mentors:messages", args=[listing.pk, applicant.pk]), {"body": draft})
    client.force_login(applicant)
    thread = client.get(reverse("applications:messages", args=[listing.pk]))

    message = Message.objects.get()
    assert before == (0, 0)
    assert (message.author, message.body) == (mentor, draft)
    assert f"Hello {applicant.name}," in thread.text
    assert Letter.objects.get(topic=Topic.MESSAGE).recipient == applicant


def test_the_form_is_that_of_messages(client):
    application = make.application()
    client.force_login(make.mentor_of(application.listing))

    page = client.get(address(application.listing, application.applicant))

    form = element(page.text, "form", method="post", action=messages_of(application))
    assert form
    assert "Send to the applicant" in page.text


def test_hostile_names_and_titles_do_nothing(client):
    listing = make.listing()
    for nasty in NASTY.values():
        if "\x00" in nasty:
            continue  # no form takes it
        applicant = make.user(nasty[:200])
        make.contribution(listing, applicant, title=nasty[:200])

        _, draft = drafted(client, make.mentor_of(listing), listing, applicant)
        page = client.get(address(listing, applicant))

        assert is_safe(page.text)
        assert len(draft.splitlines()) < 20


def test_many_long_titles_still_fit_into_a_message(client):
    application = make.application()
    for _ in range(30):
        make.contribution(application.listing, application.applicant, title="Mend it " * 25)

    _, draft = drafted(client, make.mentor_of(application.listing), application.listing, application.applicant)

    assert "and 26 more" in draft
    assert len(draft) < 5000
