"""Who steps back from an applicant: from then on that applicant does not exist for her."""

from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from urllib.parse import unquote_plus

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.actions import (
    give_more_time,
    mark_contribution,
    record_contribution,
    save_application,
    step_back,
    submit_application,
    write_message,
)
from applications.models import Application, InitialApplication, Recusal
from mentors.actions import comment, rate
from mentors.models import Selection, WaitingPlace
from opw.accounts.models import User
from opw.mail.models import Letter, Withheld
from opw.rounds.models import Deadline, Phase
from opw.site.embargo.addresses import addresses_of
from opw.site.embargo.answers import Asker
from projects.models import Listing
from tests import make, scenarios

pytestmark = pytest.mark.django_db

ROLES = ["mentor", "coordinator", "program coordinator"]


@dataclass(frozen=True)
class SteppedBack:
    """An applicant with everything that somebody may have, and one person in each role who stepped back from her."""

    friend: Application
    other: Application
    people: dict[str, User]

    @property
    def secrets(self) -> list[str]:
        """What says that she exists: her name and address, what she wrote, and what was written of her."""
        applicant, pk = self.friend.applicant, self.friend.pk
        return [
            applicant.name, applicant.email, "Xanthippes words", "Words on Xanthippe", f"/applications/{pk}/",
            f"/applicants/{applicant.pk}/", f"/letters/{applicant.pk}/",
        ]  # fmt: skip

    def told(self, role: str) -> dict[str, list[str]]:
        """The secrets that each address tells this person; none where it tells nothing."""
        asker, told = Asker(self.people[role], timezone.now()), {}
        for address in self.addresses:
            answer = asker.ask("GET", address)
            said = unescape(answer.body.decode(errors="replace")) + str(answer.headers)
            if found := [secret for secret in self.secrets if secret in said.replace(address, "")]:
                told[address] = found
        return told

    @property
    def addresses(self) -> list[str]:
        """Every address that could show something of her, and each letter."""
        initial = InitialApplication.objects.get(applicant=self.friend.applicant)
        letters = Letter.objects.values_list("pk", flat=True)
        name = self.friend.applicant.name  # a search says again what was asked
        asked = addresses_of(self.friend.round, self.friend)
        known = [one for one in asked if not one.startswith("/accounts/") and name not in unquote_plus(one)]
        return [
            *known,
            reverse("coordinate:decide_eligibility", args=[initial.pk]),
            *(reverse("mail:letter", args=[pk]) for pk in letters),
        ]


def about_two() -> SteppedBack:
    """Everything happens to two applicants, and one person in each role steps back from the first of them."""
    listing = make.listing(make.participation(phase=Phase.OPEN, slots=2))
    elsewhere = make.listing(listing.participation, mentor=make.mentor_of(listing))
    people = dict(zip(ROLES, [make.user(), make.coordinator_of(listing), make.program_coordinator()], strict=True))
    for project in (listing.project, elsewhere.project):
        make.mentorship(project, people["mentor"])
    friend = make.user("Xanthippe Underhill", email="xanthippe@underhill.example.org")
    other = make.user("Olena Other")
    for person in people.values():
        step_back(applicant=friend, by=person, reason="A friend.")
    for applicant, words in ((friend, "Xanthippes words"), (other, "Other words")):
        application = apply(listing, applicant, words)
    decide(listing, elsewhere, friend)
    return SteppedBack(Application.objects.get(applicant=friend, listing=listing), application, people)


def apply(listing: Listing, applicant: User, words: str) -> Application:
    """An applicant writes, records, holds a task, is in doubt and has more time; a mentor answers, marks and rates."""
    mentor, now = make.mentor_of(listing), timezone.now()
    write_message(listing=listing, applicant=applicant, by=applicant, body=words, at=now)
    write_message(listing=listing, applicant=applicant, by=mentor, body=f"Words on {applicant.name}", at=now)
    write_message(listing=listing, applicant=applicant, by=applicant, body=words, at=now + timedelta(hours=1))
    contribution = record_contribution(
        listing=listing, by=applicant, kind="patch", title=f"{words}: a patch",
        url="https://git.example.org/pull/1", received_at=now,
    )  # fmt: skip
    mark_contribution(contribution=contribution, by=mentor, mark="counts", comment=f"Words on {applicant.name}", at=now)
    make.contribution(listing, applicant, title=f"{words}: not seen yet")
    make.task(listing.project, held_by=applicant)
    initial = make.initial_application(
        applicant, listing.round, status=InitialApplication.Status.SUBMITTED, is_in_doubt=True,
        answers=make.INITIAL_ANSWERS | {"experience": words},
    )  # fmt: skip
    give_more_time(
        round=listing.round, deadline=Deadline.APPLICATIONS, until_at=listing.round.contributions_close_at, at=now,
        reason=f"Words on {applicant.name}", by=make.program_coordinator(), person=applicant,
    )  # fmt: skip
    save_application(listing=listing, by=applicant, answers={"why": words}, seen_version=0, received_at=now)
    application = submit_application(
        listing=listing, by=applicant, answers=make.ANSWERS | {"why": words}, seen_version=1, received_at=now
    )
    rate(application=application, by=mentor, score=4, reasons=f"Words on {applicant.name}", at=now)
    comment(application=application, by=mentor, body=f"Words on {applicant.name}", at=now)
    InitialApplication.objects.filter(pk=initial.pk).update(is_in_doubt=True)
    return application


def decide(listing: Listing, elsewhere: Listing, friend: User) -> None:
    """After contributions closed: she is proposed by one project and waits at another one."""
    scenarios.put_into(listing.round, Phase.SELECTION)
    selection = make.selection(application=Application.objects.get(applicant=friend, listing=listing), confirmed=True)
    Selection.objects.filter(pk=selection.pk).update(reasons="Words on Xanthippe")
    place = make.waiting_place(make.application(elsewhere, friend))
    WaitingPlace.objects.filter(pk=place.pk).update(reason="Words on Xanthippe")


@pytest.mark.parametrize("role", ROLES)
def test_no_address_tells_who_stepped_back_that_she_exists(role):
    assert about_two().told(role) == {}


def test_the_walk_finds_what_the_same_pages_tell_who_did_not_step_back():
    scene = about_two()
    Recusal.objects.all().delete()
    Withheld.objects.all().delete()

    told = scene.told("program coordinator")

    found = {secret for said in told.values() for secret in said}
    letters = [address for address in told if address.startswith("/letters/")]
    assert set(scene.secrets[:4]) - found == set()
    assert len(letters) > 5
