"""Walking through the worlds, and comparing what was told in them."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from itertools import product

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
from opw.site.embargo.people import her_other_application, may_know, readers, somebody
from opw.site.embargo.worlds import UNDECIDED, Decide, deciding_about, undecide

# The two worlds that differ most are asked by everybody, and by every method by the one who is followed; in those
# between them she looks.
FARTHEST = [UNDECIDED, "selected"]
HERSELF = "the applicant herself"
METHODS = {HERSELF: ["GET", "POST", "HEAD", "OPTIONS"], "the public": ["GET"]}  # no session, no POST
READS = "reads"  # without asking an address
FORMATS = ["wikitext", "json", "markdown"]
Told = dict[tuple[str, str, str], Answer]
Request = tuple[str, Asker, str, str]


@dataclass(frozen=True)
class Difference:
    """Something that a reader could tell one world from another by."""

    world: str
    reader: str
    request: str
    parts: list[str]

    def __str__(self) -> str:
        return f"{self.reader}, {self.request}: {', '.join(self.parts)} as “{self.world}” is not as “{UNDECIDED}”"


def differences(
    round: Round, only: list[str] | None = None, by: Collection[str] | None = None
) -> tuple[int, list[Difference]]:
    """How many answers were compared, and every difference found; nothing is changed in the database.

    Asks every address of the portal, or only those named, as every kind of reader, or only by those named.
    Raises NobodyToFollow, and ValueError for a round whose results are released.
    """
    if round.is_released:
        raise ValueError(f"The results of {round} are released; there is no embargo to check.")
    with _undone(), _quietly():
        ContentType.objects.get_for_models(*apps.get_models())  # the first who asks for one would need a query more
        followed = somebody(round)
        undecide(round, followed)
        deciding = deciding_about(round, followed, her_other_application(followed))
        askers = {
            name: Asker(reader, deciding.at) for name, reader in readers(followed).items() if by is None or name in by
        }
        addresses = addresses_of(round, followed) if only is None else only
        told = {
            world: _told(decide, list(_requests(world, askers, addresses)), followed)
            for world, decide in deciding.worlds().items()
        }  # fmt: skip
    undecided = told.pop(UNDECIDED)
    found = [difference for world, other in told.items() for difference in _compare(world, undecided, other)]
    return sum(map(len, told.values())) + len(undecided), found


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


def _requests(world: str, askers: dict[str, Asker], addresses: list[str]) -> Iterator[Request]:
    """Everything that is asked in a world."""
    for (name, asker), address in product(askers.items(), addresses):
        for method in _methods(world, name):
            yield name, asker, method, address


def _methods(world: str, name: str) -> list[str]:
    if world not in FARTHEST:
        return ["GET"] if name == HERSELF else []
    return METHODS.get(name, ["GET", "POST"])


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
    """To whom each letter is, and all of it, without those to whoever may know."""
    letters = Letter.objects.exclude(to__in=may_know(followed)).order_by("key")
    rows = letters.values_list("to", "key", "subject", "text", "html", "status")
    return [(to, repr(rest)) for to, *rest in rows]


def _compare(world: str, undecided: Told, other: Told) -> Iterator[Difference]:
    """What differs, and what is read in one of the two worlds alone."""
    for told in dict.fromkeys([*undecided, *other]):
        answer, before = other.get(told), undecided.get(told)
        if before and answer:
            if parts := before.differs_in(answer):
                yield Difference(world, told[0], " ".join(told[1:]), parts)
        elif told[1] == READS:
            yield Difference(world, told[0], " ".join(told[1:]), ["whether there is any"])
