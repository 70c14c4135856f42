"""Walking through the worlds, and comparing what was told in them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.test.utils import override_settings
from django.utils import timezone

from applications.models import Application
from mentors.actions import confirm_selection, decline_rest, propose_selection, put_on_waiting_list
from mentors.models import RestNotAccepted, Seal, Selection, WaitingPlace
from mentors.results import as_rows, handed_in, hash_of, is_considered, results_of
from opw.accounts.models import User
from opw.mail.models import Letter
from opw.rounds.models import Round, Slot
from opw.site.embargo.addresses import addresses_of
from opw.site.embargo.answers import Answer, Asker
from projects.models import Mentorship

READING = ["GET"]  # without a session, a POST is turned away before any view
METHODS = [*READING, "POST"]
Told = dict[tuple[str, str, str], Answer]
Decide = Callable[[], None]


class NobodyToFollow(ValueError):
    """The round has no submitted application with a contribution, so there is nobody to compare anything about."""


@dataclass(frozen=True)
class Difference:
    """Something that a reader could tell one world from another by."""

    world: str
    reader: str
    request: str
    parts: list[str]

    def __str__(self) -> str:
        return f"{self.reader}, {self.request}: {', '.join(self.parts)} as “{self.world}” is not as “undecided”"


def differences(round: Round, only: list[str] | None = None) -> tuple[int, list[Difference]]:
    """How many answers were compared, and every difference found; nothing is changed in the database.

    Asks every address of the portal, or only those named.
    Raises NobodyToFollow, and ValueError for a round whose results are released.
    """
    if round.is_released:
        raise ValueError(f"The results of {round} are released; there is no embargo to check.")
    with _undone():
        followed = _somebody(round)
        coordinator = User.objects.create_user("embargo@example.invalid", name="The embargo check", is_staff=True)
        readers = _readers(followed)
        _undecide(round, followed)
        addresses = addresses_of(round, followed) if only is None else only
        told = {
            world: _told(decide, addresses, readers, followed)
            for world, decide in _worlds(round, followed, coordinator).items()
        }
    first = told.pop("undecided")
    found = [difference for world, other in told.items() for difference in _compare(world, first, other)]
    return len(first) * (len(told) + 1), found


@contextmanager
def _undone() -> Iterator[None]:
    """A transaction that leaves nothing behind, in which no world is shown the pages of another one."""
    with override_settings(VISITORS_PAGES_KEPT_FOR=0), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _somebody(round: Round) -> Application:
    for application in handed_in(round).with_listing().order_by("pk"):
        if is_considered(application):
            return application
    raise NobodyToFollow(f"{round} has no submitted application with a contribution; there is nobody to follow.")


def _undecide(round: Round, followed: Application) -> None:
    """The world before every decision, with a slot free for the one who is followed."""
    Seal.objects.filter(round=round).delete()
    Selection.objects.of_round(round).delete()
    WaitingPlace.objects.filter(participation__round=round).delete()
    RestNotAccepted.objects.filter(listing__participation__round=round).delete()
    Slot.objects.create(participation=followed.listing.participation)


def _readers(followed: Application) -> dict[str, User | None]:
    """One of each kind of reader who must not be able to tell."""
    others = Application.objects.of_round(followed.round).exclude(applicant=followed.applicant)
    mentorships = Mentorship.objects.confirmed().exclude(project=followed.listing.project).exclude(user__is_staff=True)
    outside = mentorships.exclude(
        user__in=followed.listing.project.mentorships.filter(user__isnull=False).values("user")
    )
    outside = outside.exclude(user__in=followed.community.coordinators.all()).exclude(user=followed.applicant)
    readers: dict[str, User | None] = {
        "the public": None,
        "the applicant herself": followed.applicant,
        "somebody signed in": User.objects.create_user("bystander@example.invalid", name="Somebody"),
    }
    if other := others.select_related("applicant").first():
        readers["another applicant"] = other.applicant
    if mentorship := outside.select_related("user").first():
        readers["the mentor of another project"] = mentorship.user
    return readers


def _worlds(round: Round, followed: Application, by: User) -> dict[str, Decide]:
    """What is decided about the one who is followed, by the name of the world."""
    at = timezone.now()

    def select() -> None:
        selection = propose_selection(application=followed, by=by, reasons="She is good.", at=at)
        confirm_selection(selection=selection, by=by, at=at)
        _seal(round, by)

    def propose() -> None:
        propose_selection(application=followed, by=by, reasons="She is good.", at=at)

    def wait() -> None:
        put_on_waiting_list(application=followed, by=by, reason="She is good.")
        _seal(round, by)

    def decline() -> None:
        decline_rest(listing=followed.listing, by=by)
        _seal(round, by)

    return {
        "undecided": lambda: None,
        "proposed": propose,
        "selected": select,
        "waiting": wait,
        "not accepted": decline,
    }


def _seal(round: Round, by: User) -> None:
    """A seal on what is decided; sealing itself would ask for every other decision of the round first."""
    rows = as_rows(results_of(handed_in(round)))
    Seal.objects.create(round=round, results=rows, sha256=hash_of(rows), sealed_by=by)


def _told(decide: Decide, addresses: list[str], readers: dict[str, User | None], followed: Application) -> Told:
    """Everything a world tells: each reader's answer to each request, and the letters to the one who is followed."""
    savepoint = transaction.savepoint()
    decide()
    told = {}
    for name, reader in readers.items():
        asker = Asker(reader)
        for address in addresses:
            for method in METHODS if reader else READING:
                told[name, method, address] = asker.ask(method, address)
    letters = Letter.objects.filter(to=followed.applicant.email).order_by("key").values_list("key", "subject", "text")
    written = repr(list(letters)).encode()
    told["the applicant herself", "reads", "her letters"] = Answer(200, (), (), True, written, 0)
    transaction.savepoint_rollback(savepoint)
    return told


def _compare(world: str, first: Told, other: Told) -> Iterator[Difference]:
    for (reader, method, address), answer in first.items():
        if parts := answer.differs_in(other[reader, method, address]):
            yield Difference(world, reader, f"{method} {address}", parts)
