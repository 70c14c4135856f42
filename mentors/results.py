"""A round's results as they stand: each application's outcome, what each person is told, and who is an intern."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from applications.models import (
    Application,
    ApplicationQuerySet,
    Contribution,
    InitialApplication,
    without_own_interest,
)
from mentors.models import RestNotAccepted, Seal, Selection, WaitingPlace
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Intern


class Result(NamedTuple):
    """One application's outcome; ``outcome`` is empty while it is undecided."""

    application: int
    outcome: str
    slot: int | None = None
    waiting: int | None = None

    @property
    def words(self) -> str:
        return Application.Outcome(self.outcome).label

    @property
    def is_accepted(self) -> bool:
        return self.outcome == Application.Outcome.ACCEPTED


def is_considered(application: Application) -> bool:
    """Whether it has a contribution that counts or, until the mentors have judged, one that is recorded."""
    return (
        Contribution.objects.that_may_count()
        .filter(applicant=application.applicant_id, listing=application.listing_id)
        .exists()
    )


def handed_in(round: Round) -> ApplicationQuerySet:
    """The submitted applications of a round: those that get a result."""
    return Application.objects.submitted().of_round(round)


def results_of(applications: QuerySet[Application]) -> list[Result]:
    """The results of these applications as they are decided now, in the order of their numbers."""
    return [result for result, *_ in _results_with(applications)]


class HandedIn(NamedTuple):
    """An application that gets a result: whose it is, to what, and whether a reader sees it."""

    result: Result
    applicant: int
    name: str
    email: str
    project: str
    participation: int
    community: str
    is_seen: bool


def everything_in(round: Round, reader: User) -> list[HandedIn]:
    """Everything that gets a result in a round; of those from whom the reader stepped back, too."""
    facts = ["applicant", "applicant__name", "applicant__email", "listing__project__title", "listing__participation"]
    seen = handed_in(round).annotate(is_seen=without_own_interest(reader))
    rows = _results_with(seen, *facts, "listing__participation__community__name", "is_seen")
    return [HandedIn(*row) for row in rows]


def _results_with(applications: QuerySet[Application], *facts: str) -> list[tuple[Any, ...]]:
    """The results, each with these facts of its application. Few are chosen or wait: they are read by themselves."""
    few = {"application__in": applications.values("pk")}
    is_eligible = {"initial_application__status": InitialApplication.Status.ELIGIBLE}
    slots = dict(Selection.objects.filter(**few).values_list("application", Case(When(**is_eligible, then="slot"))))
    eligible = InitialApplication.objects.eligible().filter(
        applicant=OuterRef("application__applicant"), round=OuterRef("participation__round")
    )  # fmt: skip
    places = dict(WaitingPlace.objects.filter(Exists(eligible), **few).values_list("application", "position"))
    may_count = Contribution.objects.that_may_count().filter(
        applicant=OuterRef("applicant"), listing=OuterRef("listing")
    )  # fmt: skip
    rest = RestNotAccepted.objects.filter(listing=OuterRef("listing"))
    decided = applications.order_by("pk").values_list("pk", Exists(may_count), Exists(rest), *facts)
    return [
        (_result(pk, pk in slots, slots.get(pk), places.get(pk), has_contribution, rest_is_not_accepted), *facts_of_it)
        for pk, has_contribution, rest_is_not_accepted, *facts_of_it in decided
    ]


def _result(
    application: int,
    is_selected: bool,
    slot: int | None,
    position: int | None,
    has_contribution: bool,
    rest_is_not_accepted: bool,
) -> Result:
    if slot is not None:
        return Result(application, Application.Outcome.ACCEPTED, slot=slot)
    if position is not None:
        return Result(application, Application.Outcome.WAITING, waiting=position)
    if not has_contribution:
        return Result(application, Application.Outcome.NOT_CONSIDERED)
    if rest_is_not_accepted and not is_selected:
        return Result(application, Application.Outcome.NOT_ACCEPTED)
    return Result(application, "")


def as_rows(results: list[Result]) -> list[dict[str, object]]:
    """The results as a seal keeps them."""
    return [result._asdict() for result in results]


def still_hold(seal: Seal, results: Iterable[Result]) -> bool:
    """Whether these results are as they were sealed. Who withdrew since has none, which changes no other."""
    sealed = {row["application"]: row for row in seal.results}
    standing = [result for result in results if result.application in sealed]
    return as_rows(standing) == [sealed[result.application] for result in standing]


def hash_of(rows: list[dict[str, object]]) -> str:
    """The SHA-256 of sealed results, over their JSON with sorted keys and no spaces."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


# A person with several applications is told, in one letter, the best of her outcomes.
_FROM_BEST = [
    Application.Outcome.ACCEPTED,
    Application.Outcome.WAITING,
    Application.Outcome.NOT_ACCEPTED,
    Application.Outcome.NOT_CONSIDERED,
]


def told_to_each(results: Iterable[tuple[Result, int]]) -> list[Result]:
    """What each person is told: of results and whose each is, the best of hers."""
    told: dict[int, Result] = {}
    for result, applicant in results:
        known = told.setdefault(applicant, result)
        if _FROM_BEST.index(Application.Outcome(result.outcome)) < _FROM_BEST.index(Application.Outcome(known.outcome)):
            told[applicant] = result
    return list(told.values())


def interns_of(round: Round, accepted: Iterable[Application]) -> list[Intern]:
    """The public records of those who are accepted, not saved: each is named only where she agreed to it."""
    applications = list(accepted)
    initials = InitialApplication.objects.filter(round=round, applicant__in=[one.applicant_id for one in applications])
    publishes = {initial.applicant_id: initial.publishes_name for initial in initials}
    return [
        Intern(
            round=round,
            project=one.listing.project,
            person=one.applicant,
            name=one.applicant.name if publishes.get(one.applicant_id) else "",
        )
        for one in applications
    ]
