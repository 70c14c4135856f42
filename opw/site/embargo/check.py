"""Walking through the worlds, and comparing what was told in them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction
from django.test.utils import override_settings

from applications.models import Application
from opw.mail.models import Letter
from opw.rounds.models import Round
from opw.site.embargo.addresses import addresses_of
from opw.site.embargo.answers import Answer, Asker
from opw.site.embargo.people import (
    ANOTHER_APPLICANT,
    HERSELF,
    MENTOR_ELSEWHERE,
    PUBLIC,
    her_other_application,
    may_know,
    readers,
    somebody,
)
from opw.site.embargo.worlds import UNDECIDED, Decide, deciding_about, undecide

# The two worlds that differ most are asked by everybody, and by every method by the one who is followed; at those
# between them she looks, and so do the public and another applicant.
FARTHEST = [UNDECIDED, "selected"]
LOOKING = [HERSELF, PUBLIC, ANOTHER_APPLICANT]
METHODS = {HERSELF: ["GET", "POST", "HEAD", "OPTIONS"], PUBLIC: ["GET"]}  # no session, no POST
# Who looks at every address, and in which worlds, when all other asking takes turns.
ALWAYS = [(HERSELF, "GET"), (PUBLIC, "GET"), (MENTOR_ELSEWHERE, "GET")]
ALWAYS_IN = [*FARTHEST, "waiting", "not accepted"]
READS = "reads"  # without asking an address
FORMATS = ["wikitext", "json", "markdown"]
Told = dict[tuple[str, str, str], Answer]
Request = tuple[str, Asker, str, str]


@dataclass(frozen=True)
class Difference:
    """Something that a reader could tell one world from another by."""

    world: str
    beside: str
    reader: str
    request: str
    parts: list[str]

    def __str__(self) -> str:
        return f"{self.reader}, {self.request}: {', '.join(self.parts)} as “{self.world}” is not as “{self.beside}”"


def differences(
    round: Round, only: list[str] | None = None, turns: int = 1, among: list[str] | None = None
) -> tuple[int, list[Difference]]:
    """How many answers were compared, and every difference found; nothing is changed in the database.

    Asks every address of the portal, or only those named, in every world, or among those named. With turns, whoever
    does not always look asks one of so many addresses by each method, and each of them others.
    Raises NobodyToFollow, and ValueError for a round whose results are released.
    """
    if round.is_released:
        raise ValueError(f"The results of {round} are released; there is no embargo to check.")
    with _undone(), _quietly():
        ContentType.objects.get_for_models(*apps.get_models())  # the first who asks for one would need a query more
        followed = somebody(round)
        undecide(round, followed)
        deciding = deciding_about(round, followed, her_other_application(followed))
        askers = {name: Asker(reader, deciding.at) for name, reader in readers(followed).items()}
        addresses = addresses_of(round, followed) if only is None else only
        worlds = {name: world for name, world in deciding.worlds().items() if among is None or name in among}
        told = {
            name: _told(world.decide, list(_requests(name, askers, addresses, turns)), followed)
            for name, world in worlds.items()
        }  # fmt: skip
    found = [one for name, world in worlds.items() for one in _compare(name, world.beside, told)]
    return sum(map(len, told.values())), found


@contextmanager
def _undone() -> Iterator[None]:
    """A transaction that leaves nothing behind, in which no world is shown the pages of another one."""
    with override_settings(VISITORS_PAGES_KEPT_FOR=0), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _quietly() -> Iterator[None]:
    """Thousands of refusals are what is asked for here, and no news."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _requests(world: str, askers: dict[str, Asker], addresses: list[str], turns: int) -> Iterator[Request]:
    """Everything that is asked in a world."""
    ways = [(name, method) for name in askers for method in METHODS.get(name, ["GET", "POST"])]
    for turn, (name, method) in enumerate(ways):
        if world in FARTHEST or (name in LOOKING and method == "GET"):
            always = world in ALWAYS_IN and (name, method) in ALWAYS
            asked = addresses if always else addresses[turn % turns :: turns]
            yield from ((name, askers[name], method, address) for address in asked)


def _told(decide: Decide, requests: list[Request], followed: Application) -> Told:
    """Everything a world tells: each reader's answer to each request, what is exported, and everybody's letters."""
    savepoint = transaction.savepoint()
    decide()
    told = {(name, method, address): asker.ask(method, address) for name, asker, method, address in requests}
    for format in FORMATS:
        told["whoever exports", READS, f"the projects as {format}"] = Answer.of_text(_exported(followed, format))
    for to, text in _letters(followed):
        known = told.get((to, READS, "letters"))
        told[to, READS, "letters"] = Answer.of_text((known.body.decode() if known else "") + text)
    transaction.savepoint_rollback(savepoint)
    return told


def _exported(followed: Application, format: str) -> str:
    output = StringIO()
    call_command("export_ideas", round=followed.round.slug, format=format, stdout=output)
    return output.getvalue()


def _letters(followed: Application) -> list[tuple[str, str]]:
    """To whom each letter is, and all of it, without those to whoever may know.

    That a seal is broken is told to every program coordinator, and of nobody.
    """
    letters = Letter.objects.exclude(to__in=may_know(followed)).order_by("key")
    letters = letters.exclude(key__startswith="seal-broken:", recipient__is_staff=True)
    rows = letters.values_list("to", "key", "subject", "text", "html", "status")
    return [(to, repr(rest)) for to, *rest in rows]


def _compare(world: str, beside: str, told: dict[str, Told]) -> Iterator[Difference]:
    """What differs, and what is read in one of the two worlds alone."""
    here, there = told[world], told[beside]
    for name, method, address in dict.fromkeys([*there, *here]):
        answer, before = here.get((name, method, address)), there.get((name, method, address))
        request = f"{method} {address}"
        if before and answer:
            if parts := before.differs_in(answer):
                yield Difference(world, beside, name, request, parts)
        elif method == READS:
            yield Difference(world, beside, name, request, ["whether there is any"])
