"""Those in doubt are read and decided by program coordinators alone; their answers are deleted on the round's day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.models import InitialApplication
from applications.views.eligibility import DOUBTED_A_PAGE
from opw.accounts.models import User
from opw.audit.models import Event
from opw.errors import Refused
from opw.mail.models import Letter
from opw.rounds.models import Phase, Round
from tests import make

pytestmark = pytest.mark.django_db

Status = InitialApplication.Status
DOUBTFUL = make.INITIAL_ANSWERS | {"may_work": "I am not sure", "experience": "A secret of hers."}


def in_doubt(round: Round | None = None, applicant: User | None = None) -> InitialApplication:
    return make.initial_application(
        applicant, round, status=Status.SUBMITTED, is_in_doubt=True, answers=DOUBTFUL, draft=DOUBTFUL, draft_version=1
    )


def decide(client, initial: InitialApplication, by: User, decision: str = "yes"):
    client.force_login(by)
    form = {"decision": decision, "reason": "Your visa allows it."}
    return client.post(reverse("coordinate:decide_eligibility", args=[initial.pk]), form)


@pytest.mark.parametrize(("decision", "status"), [("yes", Status.ELIGIBLE), ("no", Status.INELIGIBLE)])
def test_a_coordinator_decides_with_a_reason_and_the_applicant_is_told(client, decision, status):
    initial, coordinator = in_doubt(), make.program_coordinator()

    decide(client, initial, coordinator, decision)

    initial.refresh_from_db()
    letter, event = Letter.objects.get(), Event.objects.about(initial).get()
    assert (initial.status, initial.is_in_doubt, initial.decided_by) == (status, False, coordinator)
    assert (letter.recipient, "Your visa allows it." in letter.text) == (initial.applicant, True)
    assert (event.deed, event.actor, event.after) == ("eligibility_decided", coordinator, {"status": status})


def test_nothing_is_decided_without_a_reason(client):
    initial = in_doubt()
    client.force_login(make.program_coordinator())

    page = client.post(reverse("coordinate:decide_eligibility", args=[initial.pk]), {"decision": "yes", "reason": " "})

    initial.refresh_from_db()
    assert (page.status_code, initial.is_in_doubt) == (200, True)


def test_what_was_never_in_doubt_is_not_decided():
    initial = make.initial_application()

    with pytest.raises(Refused, match="speak for themselves"):
        actions.decide_eligibility(
            initial=initial,
            is_eligible=False,
            reason="No.",
            by=make.program_coordinator(),
            at=initial.round.published_at,
        )


def test_nothing_is_decided_after_the_release(client):
    initial = in_doubt(make.round(Phase.ANNOUNCED))

    page = decide(client, initial, make.program_coordinator())

    assert "nothing is decided about it any more" in page.text
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status", "stands"),
    [
        ({"experience": "More than before."}, Status.INELIGIBLE, True),
        ({"may_work": "Yes"}, Status.ELIGIBLE, False),
        ({"took_part": "yes"}, Status.INELIGIBLE, False),
    ],
    ids=str,
)
def test_a_decision_stands_until_an_answer_it_depends_on_is_changed(client, changed, status, stands):
    initial = in_doubt()
    decide(client, initial, make.program_coordinator(), "no")

    actions.submit_initial_application(
        round=initial.round, by=initial.applicant, answers=changed, seen_version=1,
        received_at=initial.round.applications_open_at,
    )  # fmt: skip

    initial.refresh_from_db()
    assert (initial.status, initial.is_in_doubt, initial.decided_at is not None) == (status, False, stands)


def test_who_reads_answers_in_doubt(client):
    """Nobody but program coordinators; not her own, and not of whom she stepped back from."""
    initial = in_doubt()
    application = make.application(make.listing(make.participation(initial.round)), initial.applicant)
    recused, applicant = make.program_coordinator(), initial.applicant
    make.recusal(recused, applicant)
    readers = {
        "program": make.program_coordinator(),
        "recused": recused,
        "mentor": make.mentor_of(application.listing),
        "coordinator": make.coordinator_of(application.listing),
        "applicant": applicant,
    }

    seen = {}
    for role, reader in readers.items():
        client.force_login(reader)
        page = client.get(reverse("coordinate:decide_eligibility", args=[initial.pk]))
        rows = client.get(reverse("coordinate:in_doubt", args=[initial.round.slug]))
        seen[role] = (page.status_code, "A secret of hers." in page.text, rows.status_code, applicant.name in rows.text)

    assert seen == {
        "program": (200, True, 200, True),
        "recused": (404, False, 200, False),
        "mentor": (404, False, 403, False),
        "coordinator": (404, False, 403, False),
        "applicant": (404, False, 403, True),
    }


def test_a_coordinator_who_applies_does_not_decide_about_herself(client):
    coordinator = make.program_coordinator()
    initial = in_doubt(applicant=coordinator)

    page = decide(client, initial, coordinator)

    assert page.status_code == 404
    assert InitialApplication.objects.get().is_in_doubt


def test_answers_are_deleted_on_the_rounds_day_and_not_before():
    initial = in_doubt(make.round(Phase.FINISHED))
    day = initial.round.announcement_at + (initial.round.answers_purged_on - initial.round.announcement_at.date())
    day = day.replace(hour=0, minute=0, second=0, microsecond=0)

    actions.purge_answers(now=day - timedelta(microseconds=1))
    before = InitialApplication.objects.get()
    actions.purge_answers(now=day)

    after = InitialApplication.objects.get()
    assert (before.answers, before.purged_at) == (DOUBTFUL, None)
    assert (after.answers, after.draft, after.free_hours, after.reason, after.purged_at) == ({}, {}, None, "", day)
    assert after.status == initial.status


def test_deleting_answers_is_audited_once_and_reaches_no_other_round():
    initial, other = in_doubt(make.round(Phase.FINISHED)), in_doubt()
    now = initial.round.announcement_at + timedelta(days=400)
    Round.objects.filter(pk=other.round_id).update(answers_purged_on=now.date() + timedelta(days=1))

    actions.purge_answers(now=now)
    actions.purge_answers(now=now)

    other.refresh_from_db()
    event = Event.objects.get(deed="eligibility_answers_purged")
    assert (event.actor, event.subject_id, event.after) == (
        None,
        initial.round_id,
        {"initial_applications": 1, "offers": 0},
    )
    assert other.answers == DOUBTFUL


def test_nothing_is_written_again_once_the_answers_are_deleted():
    round = make.round(Phase.FINISHED)
    at = round.announcement_at + timedelta(days=400)

    with pytest.raises(Refused, match="its answers are deleted"):
        actions.save_initial_application(
            round=round, by=make.user(), answers={"experience": "Late."}, seen_version=0, received_at=at
        )

    assert not InitialApplication.objects.exists()


def test_a_coordinators_reason_goes_from_the_outbox_with_the_answers(client):
    initial, other = in_doubt(make.round(Phase.SELECTION)), make.letter()
    decide(client, initial, make.program_coordinator())
    now = initial.round.announcement_at + timedelta(days=400)
    Round.objects.filter(pk=initial.round_id).update(answers_purged_on=now.date())

    actions.purge_answers(now=now)

    letter, kept = Letter.objects.get(recipient=initial.applicant), Letter.objects.get(pk=other.pk)
    assert ("Your visa allows it." in letter.text + letter.html, letter.status) == (False, Letter.Status.CANCELLED)
    assert (kept.text, kept.html, kept.status) == (other.text, other.html, Letter.Status.QUEUED)


def test_why_somebody_left_her_place_is_deleted_with_the_answers():
    round = make.round(Phase.FINISHED)
    given = {"reason": "Ill.", "extended_because": "A flood."}
    mine, other = (
        make.offer(make.application(make.listing(make.participation(one))), **given) for one in (round, make.round())
    )
    now = round.announcement_at + timedelta(days=400)
    Round.objects.filter(pk=round.pk).update(answers_purged_on=now.date())
    Round.objects.filter(pk=other.application.round.pk).update(answers_purged_on=now.date() + timedelta(days=1))

    for _ in range(2):
        actions.purge_answers(now=now)

    mine.refresh_from_db()
    other.refresh_from_db()
    event = Event.objects.get(deed="eligibility_answers_purged")
    assert (mine.reason, mine.extended_because) == ("", "")
    assert (other.reason, other.extended_because) == ("Ill.", "A flood.")
    assert event.after == {"initial_applications": 1, "offers": 1}


def test_those_in_doubt_come_in_pages_who_is_decided_last(client):
    decided = make.initial_application(decided_at=timezone.now())
    for _ in range(DOUBTED_A_PAGE):
        in_doubt(decided.round)
    address = reverse("coordinate:in_doubt", args=[decided.round.slug])
    client.force_login(make.program_coordinator())

    first, second = client.get(address), client.get(f"{address}?page=2")

    assert [page.text.count("Read and decide") for page in (first, second)] == [DOUBTED_A_PAGE, 0]
    assert decided.applicant.name in second.text
