"""The announcement, measured: sealing and releasing a round of 5,000 applicants and 60 slots, and a tenth of it.

The tenth shows what grows: the number of queries must not, but for the rows that a bulk statement takes at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter, process_time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from applications.models import Application, InitialApplication
from benchmarks.applicants import add_applicants
from benchmarks.filling import fill
from benchmarks.finding import database_of_its_own
from mentors.actions import release_results, seal_results
from mentors.models import RestNotAccepted, Seal, Selection, WaitingPlace
from opw.accounts.models import User
from opw.mail.models import Letter
from opw.rounds.models import Round, Slot
from projects.models import Intern, Listing

APPLICANTS = 5_000
SLOTS = 60
WAITING = 60
A_TENTH = 10


@dataclass(frozen=True)
class Measure:
    """What one deed cost."""

    deed: str
    applicants: int
    queries: int
    seconds: float
    work: float  # of the portal's process

    def __str__(self) -> str:
        return f"| {self.deed} | {self.applicants:,} | {self.queries} | {self.seconds:.1f} s | {self.work:.1f} s |"


def measure(deed: str, applicants: int, do: Callable[[], object]) -> Measure:
    """Do it once, and count."""
    began, worked = perf_counter(), process_time()
    with CaptureQueriesContext(connection) as asked:
        do()
    return Measure(deed, applicants, len(asked), perf_counter() - began, process_time() - worked)


def decided_round(applicants: int) -> tuple[Round, User]:
    """A round in which everybody has contributed, applied, and been decided about; and who may seal it."""
    round = Round.objects.get()
    coordinator = User.objects.create_user(email="program@example.org", name="Program", is_staff=True)
    applications = add_applicants(round, applicants, status=Application.Status.SUBMITTED, at=timezone.now())
    _choose(applications, coordinator)
    RestNotAccepted.objects.bulk_create(
        RestNotAccepted(listing=listing, decided_by=coordinator) for listing in Listing.objects.of_round(round)
    )
    return round, coordinator


def _choose(applications: list[Application], by: User) -> None:
    """The first applicant of each of 60 listings is accepted, the next 60 wait."""
    now = timezone.now()
    chosen, waiting = applications[:SLOTS], applications[SLOTS : SLOTS + WAITING]
    slots = Slot.objects.bulk_create(Slot(participation=one.listing.participation) for one in chosen)
    initials = {initial.applicant_id: initial for initial in InitialApplication.objects.all()}
    Selection.objects.bulk_create(
        Selection(
            application=one, initial_application=initials[one.applicant_id], slot=slot, proposed_by=by,
            reasons="The best patch.", confirmed_by=by, confirmed_at=now,
        )
        for one, slot in zip(chosen, slots, strict=True)
    )  # fmt: skip
    WaitingPlace.objects.bulk_create(
        WaitingPlace(participation=one.listing.participation, application=one, position=number)
        for number, one in enumerate(waiting, start=1)
    )


def run(applicants: int) -> list[Measure]:
    """Seal and release one round, and see that all of it came out."""
    with database_of_its_own():
        fill()
        round, coordinator = decided_round(applicants)
        closed = round.selection_closes_at
        sealing = measure("seal", applicants, lambda: seal_results(round=round, by=coordinator, at=closed))
        releasing = measure("release", applicants, lambda: release_results(round=round, now=round.announcement_at))
        told = (Letter.objects.count(), Intern.objects.count(), Seal.objects.standing().count())
        if told != (applicants, SLOTS, 1):
            raise SystemExit(f"Letters, interns and seals are {told}.")
    return [sealing, releasing]


def main() -> None:
    """Print the table of docs/performance.md."""
    print("| deed | applicants | queries | time | work |\n|---|---|---|---|---|")
    for applicants in (APPLICANTS // A_TENTH, APPLICANTS):
        for measured in run(applicants):
            print(measured)
