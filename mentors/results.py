"""A round's results as they stand: each application's outcome, and what is still undecided."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from django.db.models import Exists, OuterRef, QuerySet

from applications.models import Application, ApplicationQuerySet, Contribution, Recusal
from mentors.models import RestNotAccepted, Selection, WaitingPlace
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


def _with_contribution(applications: QuerySet[Application]) -> QuerySet[Application]:
    may_count = Contribution.objects.that_may_count().filter(
        applicant=OuterRef("applicant"), listing=OuterRef("listing")
    )  # fmt: skip
    return applications.annotate(has_contribution=Exists(may_count))


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
    selections = dict(Selection.objects.filter(application__in=applications).values_list("application", "slot"))
    waiting = dict(WaitingPlace.objects.filter(application__in=applications).values_list("application", "position"))
    closed = set(RestNotAccepted.objects.values_list("listing", flat=True))
    found = _with_contribution(applications).order_by("pk").only("pk", "listing_id")
    return [_result(application, selections, waiting, closed) for application in found]


def decided_for(user: User, round: Round) -> list[Result]:
    """What is decided in a round, of the applicants this coordinator has not stepped back from."""
    hers = set(Application.objects.on_the_table_of(user).of_round(round).values_list("pk", flat=True))
    found = results_of(handed_in(round))
    return [result for result in found if result.outcome and result.application in hers]


def _result(
    application: Application, selections: Mapping[int, int | None], waiting: Mapping[int, int], closed: set[int]
) -> Result:
    if (slot := selections.get(application.pk)) is not None:
        return Result(application.pk, Application.Outcome.ACCEPTED, slot=slot)
    if (position := waiting.get(application.pk)) is not None:
        return Result(application.pk, Application.Outcome.WAITING, waiting=position)
    if not application.has_contribution:  # type: ignore[attr-defined]  # annotated above
        return Result(application.pk, Application.Outcome.NOT_CONSIDERED)
    if application.listing_id in closed and application.pk not in selections:
        return Result(application.pk, Application.Outcome.NOT_ACCEPTED)
    return Result(application.pk, "")


def as_rows(results: list[Result]) -> list[dict[str, object]]:
    """The results as a seal keeps them."""
    return [asdict(result) for result in results]


def hash_of(rows: list[dict[str, object]]) -> str:
    """The SHA-256 of sealed results, over their JSON with sorted keys and no spaces."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def problems_with(round: Round, reader: User) -> list[str]:
    """Why a round's results cannot be sealed yet, in words that say where; empty when they can.

    Names nobody from whom the reader stepped back.
    """
    selections = list(_selections(round))
    hidden = set(Recusal.objects.filter(person=reader).values_list("applicant", flat=True))

    def name(selection: Selection) -> str:
        applicant = selection.application.applicant
        return "Somebody" if applicant.pk in hidden else str(applicant)

    return [
        *_conflicts(selections, name),
        *_without_mentor(round),
        *_unfunded(selections, name),
        *_undecided(round, selections),
    ]


def _conflicts(selections: list[Selection], name: Callable[[Selection], str]) -> list[str]:
    seen: dict[int, Selection] = {}
    problems = []
    for selection in selections:
        first = seen.setdefault(selection.initial_application_id, selection)
        if first is not selection:
            where = f"“{first.application.listing.project}” and “{selection.application.listing.project}”"
            problems.append(f"{name(selection)} is wanted twice: by {where}.")
    return problems


def _without_mentor(round: Round) -> list[str]:
    mentors = Mentorship.objects.confirmed().filter(project=OuterRef("project"))
    listings = Listing.objects.of_round(round).filter(~Exists(mentors)).select_related("project")
    return [f"“{listing.project}” has no mentor." for listing in listings]


def _unfunded(selections: list[Selection], name: Callable[[Selection], str]) -> list[str]:
    return [
        f"{name(selection)} is proposed for “{selection.application.listing.project}”, without a slot."
        for selection in selections
        if not selection.is_confirmed
    ]


def _undecided(round: Round, selections: list[Selection]) -> list[str]:
    proposed = {selection.application_id for selection in selections}
    undecided = [result.application for result in results_of(handed_in(round)) if not result.outcome]
    applications = Application.objects.filter(pk__in=set(undecided) - proposed).with_listing()
    projects = {application.listing.project.title for application in applications}
    return sorted(f"“{project}” has applications that are not decided." for project in projects)


def _selections(round: Round) -> QuerySet[Selection]:
    return (
        Selection.objects.of_round(round)
        .live()
        .select_related("application__applicant", "application__listing__project")
        .order_by("pk")
    )
