"""The rehearsal: what the announcement would tell if it came now, to a coordinator who reads it before anybody does.

She reads nothing of those from whom she stepped back. A letter is composed when it is opened, not before.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from applications.models import Application
from applications.outcomes import result_of
from mentors import emails
from mentors.results import HandedIn, interns_of, results_of, told_to_each
from opw.accounts.models import User
from opw.mail.compose import compose
from opw.mail.models import Letter
from opw.rounds.models import Round
from projects.models import Intern


@dataclass(frozen=True)
class Count:
    """How many people would be told an outcome."""

    outcome: str
    words: str
    people: int


class Rehearsal:
    """All that the announcement would tell."""

    def __init__(self, round: Round, everything: list[HandedIn]) -> None:
        self.round = round
        self._seen = [one for one in everything if one.is_seen and one.result.outcome]

    @cached_property
    def told(self) -> list[HandedIn]:
        """What each person would be told, in the order of their names: the best of her results."""
        best = {result.application for result in told_to_each((one.result, one.applicant) for one in self._seen)}
        told = [one for one in self._seen if one.result.application in best]
        return sorted(told, key=lambda one: ((one.name or one.email).casefold(), one.applicant))

    @property
    def counts(self) -> list[Count]:
        """How many people would be told each outcome."""
        people = Counter(one.result.outcome for one in self.told)
        return [Count(value, label, people[value]) for value, label in Application.Outcome.choices]

    def found(self, outcome: str, words: str) -> list[HandedIn]:
        """Those who would be told this outcome, and whose name, address or project has these words in it."""
        wanted = words.casefold().strip()
        return [
            one
            for one in self.told
            if outcome in ("", one.result.outcome) and wanted in f"{one.name} {one.email} {one.project}".casefold()
        ]

    @cached_property
    def interns(self) -> list[Intern]:
        """The public records of interns, in the order of their page."""
        accepted = [one.result.application for one in self._seen if one.result.is_accepted]
        by_project = ["listing__project__community__name", "listing__project__title", "pk"]
        applications = Application.objects.filter(pk__in=accepted).with_listing()
        return interns_of(self.round, applications.order_by(*by_project))


@dataclass(frozen=True)
class Telling:
    """What one person would read: her letter, and the result on the page of each of her applications."""

    letter: Letter
    applications: list[tuple[Application, str]]


def telling(round: Round, reader: User, applicant: int) -> Telling | None:
    """What this person would read; nothing while nothing is decided about her, or for a reader who stepped back."""
    hers = Application.objects.seen_by_reviewers(reader).of_round(round).filter(applicant=applicant)
    results = {result.application: result for result in results_of(hers) if result.outcome}
    applications = hers.with_listing().in_bulk(results)
    if not results:
        return None
    for number, application in applications.items():
        application.outcome = results[number].outcome
    told = told_to_each((result, applicant) for result in results.values())
    [draft] = emails.result_letters(round, told, applications)
    said = [
        (one, result.sentence)
        for one in applications.values()
        if (result := result_of([one], [], round.announcement_at))
    ]
    return Telling(compose(draft), said)
