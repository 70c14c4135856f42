"""Who steps back from an applicant: from then on that applicant does not exist for her."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
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
from applications.deadlines import token_of
from applications.models import Application, Contribution, InitialApplication, Marking, Message, Recusal
from mentors.actions import comment, rate
from mentors.models import Comment, Rating, Selection, WaitingPlace
from opw.accounts.models import User
from opw.mail.models import Letter, Withheld
from opw.rounds.models import Deadline, Extension, Phase, Round
from opw.site.embargo.addresses import addresses_of
from opw.site.embargo.answers import Answer, Asker
from projects.models import Listing
from tests import make, scenarios
from tests.together import browser_of

pytestmark = pytest.mark.django_db

ROLES = ["mentor", "community coordinator", "program coordinator"]


@dataclass(frozen=True)
class SteppedBack:
    """An applicant with everything that somebody may have, and one person in each role who stepped back from her."""

    friend: Application
    newcomer: User  # who has only contributed and written yet
    other: Application
    people: dict[str, User]
    at: datetime

    @property
    def secrets(self) -> list[str]:
        """What says that they exist: names and addresses, what they wrote, and what was written of them."""
        applicant, pk, newcomer = self.friend.applicant, self.friend.pk, self.newcomer
        return [
            applicant.name, applicant.email, "Xanthippes words", "Words on Xanthippe", f"/applications/{pk}/",
            newcomer.name, newcomer.email, "Wilhelminas words", "Words on Wilhelmina",
            *(f"/{place}/{one.pk}/" for one in (applicant, newcomer) for place in ("applicants", "letters")),
        ]  # fmt: skip

    def answers(self, role: str) -> dict[str, Answer]:
        """What each address answers this person."""
        asker = Asker(self.people[role], self.at)
        return {address: asker.ask("GET", address) for address in self.addresses}

    def told_by(self, answers: dict[str, Answer]) -> dict[str, list[str]]:
        """The secrets that each address tells; none where it tells nothing."""
        told = {}
        for address, answer in answers.items():
            if self.friend.applicant.name in unquote_plus(address):
                continue  # a search says again what was asked
            said = unescape(answer.body.decode(errors="replace")) + str(answer.headers)
            if found := [secret for secret in self.secrets if secret in said.replace(address, "")]:
                told[address] = found
        return told

    def letters_to(self, role: str) -> list[str]:
        """The subjects of the letters to this person that tell a secret of the friend, of whom she never heard."""
        letters, secrets = Letter.objects.filter(recipient=self.people[role]), self.secrets[:5]
        return [one.subject for one in letters if any(secret in f"{one.subject}{one.text}" for secret in secrets)]

    @cached_property
    def addresses(self) -> list[str]:
        """Every address that could show something of her, and each letter; not the calendar with her own secret."""
        letters = Letter.objects.values_list("pk", flat=True)
        secret = token_of(self.friend.applicant)
        asked = addresses_of(self.friend.round, self.friend)
        known = [one for one in asked if not one.startswith("/accounts/") and secret not in one]
        return [
            *known,
            reverse("mentors:step_back", args=[self.newcomer.pk]),
            reverse("mentors:messages", args=[self.friend.listing_id, self.newcomer.pk]),
            reverse("mentors:reply", args=[self.friend.listing_id, self.newcomer.pk]),
            *(reverse("mail:letter", args=[pk]) for pk in letters),
        ]


def about_two() -> SteppedBack:
    """Everything happens to two applicants, and one person in each role steps back from the first of them.

    And from a newcomer, on the page that leads there from her contribution.
    """
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
    newcomer = come(listing, people)
    decide(listing, elsewhere, friend)
    application_of_friend = Application.objects.get(applicant=friend, listing=listing)
    return SteppedBack(application_of_friend, newcomer, application, people, timezone.now())


def come(listing: Listing, people: dict[str, User]) -> User:
    """Somebody has only contributed and written, and they step back from her."""
    newcomer = make.user("Wilhelmina Newcomb", email="wilhelmina@newcomb.example.org")
    contribute(listing, newcomer, "Wilhelminas words")
    for person in people.values():
        browser_of(person).post(reverse("mentors:step_back", args=[newcomer.pk]), {"reason": "A friend."})
    return newcomer


def contribute(listing: Listing, applicant: User, words: str) -> None:
    """An applicant writes and records; a mentor answers and marks."""
    mentor, now = make.mentor_of(listing), timezone.now()
    write_message(listing=listing, applicant=applicant, by=applicant, body=words, at=now)
    write_message(listing=listing, applicant=applicant, by=mentor, body=f"Words on {applicant.name}", at=now)
    write_message(listing=listing, applicant=applicant, by=applicant, body=words, at=now + timedelta(hours=1))
    contribution = record_contribution(
        listing=listing, by=applicant, kind="patch", title=f"{words}: a patch",
        url=f"https://git.example.org/{words.partition(' ')[0]}/pull/1", received_at=now,
    )  # fmt: skip
    mark_contribution(contribution=contribution, by=mentor, mark="counts", comment=f"Words on {applicant.name}", at=now)
    make.contribution(listing, applicant, title=f"{words}: not seen yet")


def apply(listing: Listing, applicant: User, words: str) -> Application:
    """Having contributed, she holds a task, is in doubt, has more time and submits; a mentor rates."""
    contribute(listing, applicant, words)
    mentor, now = make.mentor_of(listing), timezone.now()
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


def forget(scene: SteppedBack) -> None:
    """As if they had never come; only the friend's starter task and her slot stay taken, which show to others."""
    both = [scene.friend.applicant, scene.newcomer]
    for gone in (Rating, Comment, WaitingPlace):
        gone.objects.filter(application__applicant__in=both).delete()
    Marking.objects.filter(contribution__applicant__in=both).delete()
    for theirs in (Contribution, Message):
        theirs.objects.filter(applicant__in=both).delete()
    Extension.objects.filter(person__in=both).delete()
    Application.objects.filter(applicant__in=both).update(status="draft", answers={}, submitted_at=None)
    InitialApplication.objects.filter(applicant__in=both).update(
        status="draft", answers={}, submitted_at=None, free_hours=None, is_in_doubt=False
    )


def changed(before: dict[str, Answer], after: dict[str, Answer]) -> dict[str, list[str]]:
    """The addresses whose answers differ, and in what; what stands in the way of the seal is said to all, of nobody."""
    results = reverse("mentors:results", args=[Round.objects.get().slug])
    return {
        address: parts
        for address in before
        if not address.startswith(results) and (parts := before[address].differs_in(after[address]))
    }


@pytest.mark.parametrize("role", ROLES)
def test_no_address_tells_who_stepped_back_that_she_exists(role):
    scene = about_two()
    answers = scene.answers(role)

    forget(scene)

    assert (scene.told_by(answers), scene.letters_to(role)) == ({}, [])
    assert changed(answers, scene.answers(role)) == {}  # she is in no list, count, average, search or export


def test_the_walk_finds_what_the_same_pages_tell_who_did_not_step_back():
    scene = about_two()
    Recusal.objects.all().delete()
    Withheld.objects.all().delete()
    answers = scene.answers("program coordinator")
    told = scene.told_by(answers)

    forget(scene)

    found = {secret for said in told.values() for secret in said}
    letters = [address for address in told if address.startswith("/letters/")]
    round, listing = scene.friend.round, scene.friend.listing
    assert {secret for secret in scene.secrets if not secret.startswith("/")} - found == set()
    assert len(letters) > 5
    assert {
        reverse("site:dashboard"),
        reverse("site:coordinate"),
        reverse("mentors:listing", args=[listing.pk]),
        reverse("mentors:applicants_csv", args=[listing.pk]),
        reverse("mentors:glance", args=[round.slug]),
    } <= set(changed(answers, scene.answers("program coordinator")))
