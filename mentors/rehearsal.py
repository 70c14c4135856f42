"""The rehearsal: what the announcement would tell if it came now, to a coordinator who reads it before anybody does.

She reads nothing of those from whom she stepped back. A letter is composed when it is opened, not before.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from applications.models import Application
from mentors import emails
from mentors.results import Result, interns_of, results_of, results_with, told_to_each
from opw.accounts.models import User
from opw.mail.compose import compose
from opw.mail.models import Letter
from opw.rounds.models import Round
from projects.models import Intern


@dataclass(frozen=True)
class ToBeTold:
    """What one person would be told, and about which project."""

    result: Result
    applicant: int
    name: str
    email: str
    project: str

    @property
    def words(self) -> str:
        return Application.Outcome(self.result.outcome).label


@dataclass(frozen=True)
class Count:
    """How many people would be told an outcome."""

    outcome: str
    words: str
    people: int


class Rehearsal:
    """Everything the announcement of a round would tell, without those from whom this reader stepped back."""

    def __init__(self, round: Round, reader: User) -> None:
        self.round = round
        self.applications = Application.objects.seen_by_reviewers(reader).of_round(round)

    @cached_property
    def told(self) -> list[ToBeTold]:
        """What each person would be told, in the order of their names."""
        facts = ["applicant", "applicant__name", "applicant__email", "listing__project__title"]
        decided = [row for row in results_with(self.applications, *facts) if row[0].outcome]
        best = {result.application for result in told_to_each((row[0], row[1]) for row in decided)}
        told = [
            ToBeTold(result, applicant, name or email, email, project)
            for result, applicant, name, email, project in decided
            if result.application in best
        ]
        return sorted(told, key=lambda one: (one.name.casefold(), one.applicant))

    @property
    def counts(self) -> list[Count]:
        """How many people would be told each outcome."""
        people = Counter(one.result.outcome for one in self.told)
        return [Count(value, label, people[value]) for value, label in Application.Outcome.choices]

    def found(self, outcome: str, words: str) -> list[ToBeTold]:
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
        accepted = [one.result.application for one in self.told if one.result.is_accepted]
        by_project = ["listing__project__community__name", "listing__project__title", "pk"]
        return interns_of(self.round, self.applications.filter(pk__in=accepted).with_listing().order_by(*by_project))


@dataclass(frozen=True)
class Telling:
    """What one person would read: her letter, and the page of each of her applications."""

    letter: Letter
    applications: list[Application]


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
    return Telling(compose(draft), list(applications.values()))
