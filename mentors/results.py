"""A round's results as they stand: each application's outcome, and what is still undecided."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from applications.models import Application, ApplicationQuerySet, Contribution, InitialApplication, Recusal
from mentors.models import RestNotAccepted, Seal, Selection, WaitingPlace
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Listing, Mentorship


@dataclass(frozen=True)
class Result:
    """One application's outcome; ``outcome`` is empty while it is undecided."""

    application: int
    outcome: str
    slot: int | None = None
    waiting: int | None = None

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
    return [result for result, _project in _results_by_project(applications)]


def decided_for(user: User, round: Round) -> list[Result]:
    """What is decided in a round, of the applicants this coordinator has not stepped back from."""
    hers = Application.objects.seen_by_reviewers(user).of_round(round)
    return [result for result in results_of(hers) if result.outcome]


def _results_by_project(applications: QuerySet[Application]) -> list[tuple[Result, str]]:
    """The results, each with the title of its project, in one query."""
    selection = Selection.objects.filter(application=OuterRef("pk"))
    eligible = InitialApplication.objects.eligible().filter(
        applicant=OuterRef("application__applicant"), round=OuterRef("participation__round")
    )  # fmt: skip
    place = WaitingPlace.objects.filter(Exists(eligible), application=OuterRef("pk"))
    may_count = Contribution.objects.that_may_count().filter(
        applicant=OuterRef("applicant"), listing=OuterRef("listing")
    )  # fmt: skip
    decided = applications.order_by("pk").values_list(
        "pk",
        "listing__project__title",
        Exists(selection),
        Subquery(selection.filter(initial_application__in=InitialApplication.objects.eligible()).values("slot")),
        Subquery(place.values("position")),
        Exists(may_count),
        Exists(RestNotAccepted.objects.filter(listing=OuterRef("listing"))),
    )
    return [(_result(application, *facts), project) for application, project, *facts in decided]


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
    return [asdict(result) for result in results]


def still_hold(seal: Seal) -> bool:
    """Whether the results are still as they were sealed. Who withdrew since has none, which changes no other."""
    sealed = Application.objects.filter(pk__in=[row["application"] for row in seal.results])
    rows = as_rows(results_of(sealed.submitted()))
    standing = {row["application"] for row in rows}
    return rows == [row for row in seal.results if row["application"] in standing]


def hash_of(rows: list[dict[str, object]]) -> str:
    """The SHA-256 of sealed results, over their JSON with sorted keys and no spaces."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def problems_with(round: Round, reader: User) -> list[str]:
    """Why a round's results cannot be sealed yet, in words that say where; empty when they can.

    Names nobody from whom the reader stepped back.
    """
    selections = _selections(round, reader)
    return [
        *_conflicts(selections),
        *_without_mentor(round),
        *_unfunded(selections),
        *_not_eligible(selections),
        *_waiting_and_not_eligible(round, reader),
        *_undecided(round, selections),
    ]


def _conflicts(selections: list[Any]) -> list[str]:
    seen: dict[int, Any] = {}
    problems = []
    for selection in selections:
        first = seen.setdefault(selection.initial_application_id, selection)
        if first is not selection:
            where = f"“{first.application.listing.project}” and “{selection.application.listing.project}”"
            problems.append(f"{_name(selection)} is wanted twice: by {where}.")
    return problems


def _without_mentor(round: Round) -> list[str]:
    mentors = Mentorship.objects.confirmed().filter(project=OuterRef("project"))
    listings = Listing.objects.of_round(round).filter(~Exists(mentors)).select_related("project")
    return [f"“{listing.project}” has no mentor." for listing in listings]


def _unfunded(selections: list[Any]) -> list[str]:
    return [
        f"{_name(selection)} is proposed for “{selection.application.listing.project}”, without a slot."
        for selection in selections
        if not selection.is_confirmed
    ]


def _not_eligible(selections: list[Any]) -> list[str]:
    return [
        f"{_name(selection)} has a slot, but it is not decided that this applicant can take part."
        for selection in selections
        if selection.is_confirmed and selection.initial_application.status != InitialApplication.Status.ELIGIBLE
    ]


def _waiting_and_not_eligible(round: Round, reader: User) -> list[str]:
    eligible = InitialApplication.objects.eligible().filter(round=round).values("applicant")
    places = WaitingPlace.objects.filter(participation__round=round, application__status=Application.Status.SUBMITTED)
    places = _with_sight(places.exclude(application__applicant__in=eligible), reader)
    return [
        f"{_name(place)} is on the waiting list, but it is not decided that this applicant can take part."
        for place in places.select_related("application__applicant")
    ]


def _undecided(round: Round, selections: list[Any]) -> list[str]:
    proposed = {selection.application_id for selection in selections}
    projects = {
        project
        for result, project in _results_by_project(handed_in(round))
        if not result.outcome and result.application not in proposed
    }
    return sorted(f"“{project}” has applications that are not decided." for project in projects)


def _selections(round: Round, reader: User) -> list[Any]:
    found = _with_sight(Selection.objects.of_round(round).live(), reader)
    found = found.select_related("initial_application", "application__applicant", "application__listing__project")
    return list(found.order_by("pk"))


def _with_sight(decisions: QuerySet[Any], reader: User) -> Any:
    """Decisions about applications; Any: each also says whether its applicant is hidden from this reader."""
    stepped_back = Recusal.objects.filter(person=reader, applicant=OuterRef("application__applicant"))
    return decisions.annotate(is_hidden=Exists(stepped_back))


def _name(decision: Any) -> str:
    return "Somebody" if decision.is_hidden else str(decision.application.applicant)
