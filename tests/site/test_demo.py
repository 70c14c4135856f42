"""manage.py demo: the round to try the portal with."""

import re
from datetime import datetime, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from applications.models import Application, InitialApplication, Message, Offer
from mentors.models import Seal, Selection, WaitingPlace
from opw.accounts.models import User
from opw.audit.models import Event
from opw.mail.models import Letter, Topic
from opw.rounds.models import LetterText, Participation, Phase, Round
from opw.site.demo.people import PEOPLE
from projects import permissions
from projects.models import Approval, Intern, Listing, Project, StarterTask
from tests import make
from tests.demo import load_demo

pytestmark = pytest.mark.django_db


def demo(*arguments: str) -> str:
    """Run the command as in a try-out; what it prints."""
    output = StringIO()
    call_command("demo", *arguments, "--even-without-debug", stdout=output)
    return output.getvalue()


def application(person: str, title: str) -> Application:
    return Application.objects.get(
        applicant__email=f"{person}@example.org",
        listing__project__title=title,
        listing__participation__round__slug="round-7",
    )


@pytest.mark.parametrize("phase", Phase)
def test_demo_builds_the_round_in_every_phase(phase):
    said = load_demo(phase)

    now = timezone.now()
    current = Round.objects.current(now)
    past = Round.objects.get(slug="round-6")
    assert current
    assert (current.slug, current.phase(now)) == ("round-7", phase)
    assert past.phase(now) == Phase.FINISHED
    assert Intern.objects.filter(round=past).count() == 3
    assert re.findall(r"^  (\S+@\S+)$", said, re.MULTILINE) == [f"{person.key}@example.org" for person in PEOPLE]
    assert_letters_are_of_the_past(now)
    assert_nobody_approved_what_she_may_not()


def assert_letters_are_of_the_past(now: datetime) -> None:
    assert set(Letter.objects.values_list("status", flat=True)) == {Letter.Status.SENT}
    assert not Letter.objects.exclude(sent_at=F("written_at")).exists()
    assert not Letter.objects.filter(sent_at__gt=now - timedelta(hours=1)).exists()


def assert_nobody_approved_what_she_may_not() -> None:
    for approval in Approval.objects.select_related("project", "by"):
        assert approval.by
        assert permissions.may_approve(approval.by, approval.project), approval


def test_demo_people_sign_in_with_the_password_demo(client):
    load_demo(Phase.PLANNED)

    for person in ("coordinator", "xen", "mentor2", "applicant9"):
        client.logout()
        answer = client.post("/accounts/login/", {"login": f"{person}@example.org", "password": "demo"})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/dashboard/"), person
    assert User.objects.values("password").distinct().count() == 1
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(PEOPLE)


def test_demo_has_the_facts_of_round_7():
    load_demo(Phase.PLANNED)

    round = Round.objects.get(slug="round-7")
    opens_on = round.applications_open_at.date()
    moments = [round.applications_close_at, round.contributions_close_at, round.announcement_at]
    xen = Participation.objects.get(round=round, community__slug="xen")
    assert [(moment.date() - opens_on).days for moment in moments] == [41, 41, 55]
    assert (round.internship_starts_on - opens_on, round.internship_ends_on - opens_on) == (
        timedelta(days=70),
        timedelta(days=160),
    )
    assert {moment.hour for moment in moments} == {19}
    assert xen.slots.count() == 1
    assert Project.objects.filter(community__slug="xen").exclude(state=Project.State.DRAFT).count() == 11
    assert Listing.objects.filter(participation=xen).count() == 10


def test_demo_applicants_stand_at_different_points_of_the_way():
    load_demo(Phase.OPEN)

    debian = "Testing PV and HVM installs of Debian using debian-installer"
    applicants = {user.email.partition("@")[0]: user for user in User.objects.filter(email__startswith="applicant")}
    begun = set(InitialApplication.objects.filter(round__slug="round-7").values_list("applicant__email", flat=True))
    assert "applicant1@example.org" not in begun
    assert application("applicant2", debian).status == Application.Status.DRAFT
    assert application("applicant4", debian).status == Application.Status.SUBMITTED
    assert Application.objects.of(applicants["applicant5"]).get().status == Application.Status.WITHDRAWN
    assert Application.objects.of(applicants["applicant6"]).count() == 2
    assert not Selection.objects.of_round(Round.objects.get(slug="round-7")).exists()


def test_demo_has_somebody_in_doubt_and_messages_of_both_sides():
    load_demo(Phase.OPEN)

    doubted = InitialApplication.objects.filter(is_in_doubt=True).values_list("applicant__email", flat=True)
    messages = Message.objects.order_by("applicant__email", "at").values_list("applicant__email", "author__email")
    assert list(doubted) == ["applicant3@example.org"]
    assert [(to.partition("@")[0], by.partition("@")[0]) for to, by in messages] == [
        ("applicant2", "applicant2"), ("applicant2", "mentor1"), ("applicant2", "applicant2"),
        ("applicant4", "applicant4"), ("applicant4", "mentor1"),
        ("applicant6", "applicant6"), ("applicant6", "quillstone.mentor"),
    ]  # fmt: skip


def test_demo_has_a_letter_in_the_rounds_own_words():
    load_demo(Phase.ANNOUNCED)

    text = LetterText.objects.get()
    waiting = Letter.objects.get(to="applicant9@example.org", topic=Topic.RESULT, key__startswith="result:")
    assert (text.round.slug, text.kind, text.mistakes) == ("round-7", "result_waiting", {})
    assert waiting.text.startswith("You are next in line\n\n")


def test_demo_has_starter_tasks_that_are_free_held_and_done():
    load_demo(Phase.OPEN)

    now = timezone.now()
    tasks = list(StarterTask.objects.select_related("claimed_by", "done_by"))
    assert {task.state_at(now) for task in tasks} == {"free", "taken", "done"}
    assert [task.claimed_by.email for task in tasks if task.claimed_by] == ["applicant2@example.org"]
    assert [task.done_by.email for task in tasks if task.done_by] == ["applicant8@example.org"]


def test_demo_in_selection_has_a_conflict_a_slot_taken_and_a_waiting_list():
    said = load_demo(Phase.SELECTION)

    round = Round.objects.get(slug="round-7")
    selections = Selection.objects.of_round(round)
    wanted = selections.filter(application__applicant__email="applicant7@example.org")
    assert wanted.count() == 2
    assert [one.application.applicant.email for one in selections.confirmed()] == ["applicant8@example.org"]
    waiting = [place.application.applicant.email for place in WaitingPlace.objects.all()]
    assert waiting == ["applicant9@example.org", "applicant6@example.org"]
    assert "  applicant1@example.org\n      nothing yet\n" in said
    assert "“Testing NetBSD”: submitted, contribution counts, selected, without a slot yet\n" in said


def test_demo_after_the_announcement_was_sealed_and_released():
    load_demo(Phase.ANNOUNCED)

    round = Round.objects.get(slug="round-7")
    assert round.released_at == round.announcement_at
    assert Seal.objects.standing().filter(round=round).count() == 1
    assert set(Intern.objects.filter(round=round).values_list("person__email", flat=True)) == {
        "applicant6@example.org",
        "applicant7@example.org",
        "applicant9@example.org",
    }
    assert dict(Offer.objects.of_round(round).values_list("application__applicant__email", "status")) == {
        "applicant6@example.org": "open",
        "applicant7@example.org": "confirmed",
        "applicant8@example.org": "declined",
        "applicant9@example.org": "open",
    }
    outcomes = dict(
        Application.objects.of_round(round)
        .filter(applicant__email__in=[f"applicant{number}@example.org" for number in (2, 3, 4, 5, 8, 9)])
        .values_list("applicant__email", "outcome")
    )
    assert outcomes == {
        "applicant2@example.org": "",
        "applicant3@example.org": "not_considered",
        "applicant4@example.org": "not_accepted",
        "applicant5@example.org": "",
        "applicant8@example.org": "accepted",
        "applicant9@example.org": "accepted",
    }


def test_demo_twice_with_once_changes_nothing():
    load_demo(Phase.PLANNED)
    before = (Event.objects.count(), Round.objects.get(slug="round-7").applications_open_at)

    said = demo("--phase", "finished", "--once")

    assert (Event.objects.count(), Round.objects.get(slug="round-7").applications_open_at) == before
    assert said == "There is a round already; the demo was left as it is.\n"


def test_demo_again_replaces_what_was_there():
    load_demo(Phase.PLANNED)
    people = User.objects.count()

    demo("--phase", "selection")

    assert User.objects.count() == people
    assert Round.objects.get(slug="round-7").phase(timezone.now()) == Phase.SELECTION


def test_demo_refuses_without_debug(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("demo")

    assert not User.objects.exists()


def test_demo_runs_with_debug(settings):
    settings.DEBUG = True

    call_command("demo", "--phase", "planned", stdout=StringIO())

    assert Round.objects.count() == 2


def test_demo_refuses_where_a_stranger_has_an_account():
    stranger = make.user(email="maria@university.test")

    with pytest.raises(CommandError, match=r"not of example\.org"):
        demo()

    assert list(User.objects.all()) == [stranger]


def test_demo_discards_a_stranger_when_told_so():
    make.user(email="maria@university.test")

    demo("--phase", "planned", "--discard-everything")

    assert {user.email.partition("@")[2] for user in User.objects.all()} == {"example.org"}
