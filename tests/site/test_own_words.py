"""The letters of a round as they are written: each in its own words where it has some."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from applications import actions, emails
from applications.models import Application, InitialApplication
from opw.accounts.models import User
from opw.mail.models import Letter
from opw.rounds.kinds import Kind
from opw.rounds.models import Deadline, LetterText, Round
from tests import make

pytestmark = pytest.mark.django_db


def worded(round: Round, kind: Kind, body: str, subject: str = "") -> LetterText:
    return LetterText.objects.create(round=round, kind=kind, subject=subject, body=body)


def told(person: User) -> list[str]:
    """What stands in the letters to this person, in their order."""
    return list(Letter.objects.filter(recipient=person).order_by("pk").values_list("text", flat=True))


def headings(texts: list[str]) -> list[str]:
    return [text.split("\n\n")[0] for text in texts]


def test_reminders_and_receipts_are_said_in_own_words():
    application = make.application(status=Application.Status.DRAFT, contributed=False)
    round = application.round
    worded(round, Kind.REMINDER, "Hurry, $name\n\n$project waits until $deadline.\n\n$link", subject="Hurry")
    worded(
        round,
        Kind.APPLICATION_SUBMITTED,
        "Received\n\n$project, on $submitted_at.\n\nYou wrote:\n\n$answers\n\n$link",
    )
    contribution = "Contribute\n\n$project until $deadline: $link"
    worded(round, Kind.REMINDER_CONTRIBUTION, contribution)
    make.contribution(application.listing, application.applicant)
    lonely = make.application(application.listing, contributed=False)

    actions.write_due_reminders(round.applications_close_at - timedelta(hours=20))
    actions.submit_application(
        listing=application.listing,
        by=application.applicant,
        answers=make.ANSWERS | {"plan": "First.\n\nThen $name."},
        seen_version=application.draft_version,
        received_at=timezone.now(),
    )
    actions.write_due_reminders(round.contributions_close_at - timedelta(hours=20))

    hers = Letter.objects.filter(recipient=application.applicant).order_by("pk")
    assert [letter.text.splitlines()[0] for letter in hers] == [f"Hurry, {application.applicant.name}", "Received"]
    assert hers[0].subject == "Hurry"
    assert "\n\nFirst.\n\nThen $name.\n\n" in hers[1].text
    assert Letter.objects.get(recipient=lonely.applicant).text.startswith("Contribute\n\n")


def test_what_coordinators_remind_of_is_previewed_and_sent_in_own_words(client):
    listing = make.contribution().listing
    mentor = make.mentor_of(listing)
    worded(listing.round, Kind.DUE_MARKS, "Look, $name\n\nAt $about, until $deadline.\n\n$link", subject="$round calls")
    client.force_login(make.program_coordinator())
    address = reverse("mentors:remind", args=[listing.round.slug, "marks"])

    preview = client.get(address).context["preview"]
    client.post(address)

    [text] = told(mentor)
    assert preview.subject == f"{listing.round} calls"
    assert Letter.objects.get(recipient=mentor).subject == f"{listing.round} calls"
    assert text.startswith(f"Look, {mentor.name}\n\nAt “{listing.project}”, until ")


def test_what_is_told_while_people_apply_is_said_in_own_words():
    contribution = make.contribution()
    listing, applicant = contribution.listing, contribution.applicant
    staff, now = make.program_coordinator(), timezone.now()
    worded(listing.round, Kind.MARK_NEEDS_WORK, "Nearly\n\n$title, $project.\n\nThey say: $comment\n\n$link")
    worded(listing.round, Kind.EXTENSION_GRANTED, "Time\n\nYour $what until $until_at.\n\n$link")
    worded(listing.round, Kind.EXTENSION_REVOKED, "No time\n\nYour $what close $closes_at.\n\n$link")
    worded(listing.round, Kind.PROJECT_WITHDRAWN_BEGUN, "Gone\n\n$project, for: $because\n\n$link")

    for comment in ("Add a test.", ""):
        actions.mark_contribution(
            contribution=contribution, by=make.mentor_of(listing), mark="needs_work", comment=comment, at=now
        )
    given = actions.give_more_time(
        round=listing.round, deadline=Deadline.APPLICATIONS, until_at=listing.round.contributions_close_at,
        reason="A flood.", by=staff, at=now, community=listing.community, person=applicant,
    )  # fmt: skip
    actions.take_time_back(extension=given, by=staff, at=now)
    actions.withdraw_listing(listing=listing, by=staff, because="Ill.", at=now)

    texts = told(applicant)
    assert headings(texts) == ["Nearly", "Nearly", "Time", "No time", "Gone"]
    assert ["They say: Add a test." in texts[0], "They say" in texts[1]] == [True, False]
    assert f"Your applications to {listing.community} until" in texts[2]
    assert f"Your applications to {listing.community} close" in texts[3]
    assert f"{listing.project}, for: Ill." in texts[4]


@pytest.mark.parametrize(("is_eligible", "kind"), [(True, Kind.ELIGIBLE), (False, Kind.INELIGIBLE)])
def test_what_is_decided_of_a_doubt_is_said_in_own_words(is_eligible, kind):
    initial = make.initial_application(is_in_doubt=True, status=InitialApplication.Status.SUBMITTED)
    worded(initial.round, kind, f"{kind.about}\n\nBecause: $reason\n\n$link")

    actions.decide_eligibility(
        initial=initial, is_eligible=is_eligible, reason="So it is.", by=make.program_coordinator(), at=timezone.now()
    )

    [text] = told(initial.applicant)
    assert text.startswith(f"{kind.about}\n\nBecause: So it is.\n\n")


def test_what_becomes_of_a_place_is_said_in_own_words():
    offer = make.offer(make.application())
    round, applicant = offer.application.round, offer.application.applicant
    for kind in (Kind.REMINDER_OFFER, Kind.PLACE_EXTENDED):
        worded(round, kind, f"{kind.about}\n\n$project until $answer_by_at.\n\n$link")
    worded(round, Kind.PLACE_CONFIRMED, "Yours\n\n$project from $starts_on to $ends_on.\n\n$link")

    actions.write_due_reminders(offer.answer_by_at - timedelta(hours=1))
    actions.give_time_to_answer(
        offer=offer, until_at=offer.answer_by_at + timedelta(days=1), reason="A flood.", by=make.program_coordinator(),
        at=timezone.now(),
    )  # fmt: skip
    actions.confirm_offer(offer=offer, by=applicant, received_at=timezone.now())

    texts = told(applicant)
    assert headings(texts) == [Kind.REMINDER_OFFER.about, Kind.PLACE_EXTENDED.about, "Yours"]
    assert f"{offer.application.listing.project} from " in texts[2]


@pytest.mark.parametrize("status", ["declined", "lapsed", "open"])
def test_how_an_offer_ends_or_begins_is_said_in_own_words(status):
    kind = {"declined": Kind.PLACE_DECLINED, "lapsed": Kind.PLACE_LAPSED, "open": Kind.PLACE_CAME_FREE}[status]
    offer = make.offer(make.application())
    answer_by = " until $answer_by_at" if status == "open" else ""
    worded(offer.application.round, kind, f"{kind.about}\n\n$project in $community{answer_by}.\n\n$link")

    if status == "declined":
        actions.decline_offer(offer=offer, by=offer.application.applicant, received_at=timezone.now())
    elif status == "lapsed":
        actions.lapse_offer(offer=offer, now=offer.answer_by_at + timedelta(hours=1))
    else:
        emails.tell_place_came_free(offer)

    assert headings(told(offer.application.applicant)) == [kind.about]
