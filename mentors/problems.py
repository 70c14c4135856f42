"""What stands in the way of a seal: each problem in words, with the community it is in and where it is solved."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from applications.models import Application, InitialApplication, Recusal
from mentors.models import Selection, WaitingPlace
from mentors.results import HandedIn
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Listing, Mentorship


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a round's results from being sealed."""

    community: str
    words: str
    place: str  # what the page is called that solves it
    link: str


def problems_with(round: Round, everything: list[HandedIn], reader: User) -> list[Problem]:
    """Why a round's results cannot be sealed yet, by community; empty when they can.

    Names nobody from whom the reader stepped back.
    """
    selections = _selections(round, reader)
    found = [
        *_conflicts(selections),
        *_without_mentor(round),
        *_unfunded(selections),
        *_not_eligible(selections),
        *_waiting_and_not_eligible(round, reader),
        *_undecided(everything, selections),
    ]
    return sorted(found, key=lambda problem: problem.community)


def _conflicts(selections: list[Any]) -> list[Problem]:
    seen: dict[int, Any] = {}
    problems = []
    for selection in selections:
        first = seen.setdefault(selection.initial_application_id, selection)
        if first is not selection:
            where = f"“{first.application.listing.project}” and “{selection.application.listing.project}”"
            problems.append(_of_conflict(selection, f"{_name(selection)} is wanted twice: by {where}."))
    return problems


def _of_conflict(selection: Any, words: str) -> Problem:
    """Solved where it is settled; by somebody else, for who stepped back."""
    if selection.is_hidden:
        return _at(selection, words)
    link = reverse("mentors:conflict", args=[selection.initial_application_id])
    return Problem(selection.application.community.name, words, "Settle it", link)


def _without_mentor(round: Round) -> list[Problem]:
    mentors = Mentorship.objects.confirmed().filter(project=OuterRef("project"))
    listings = Listing.objects.of_round(round).filter(~Exists(mentors)).select_related("project__community")
    return [
        Problem(
            listing.project.community.name,
            f"“{listing.project}” has no mentor.",
            "Its mentors",
            reverse("projects:mentors", args=[listing.project.community.slug, listing.project.slug]),
        )
        for listing in listings
    ]


def _unfunded(selections: list[Any]) -> list[Problem]:
    return [
        _at(
            selection,
            f"{_name(selection)} is proposed for “{selection.application.listing.project}”, without a slot.",
        )
        for selection in selections
        if not selection.is_confirmed
    ]


def _not_eligible(selections: list[Any]) -> list[Problem]:
    return [
        _of_eligibility(selection)
        for selection in selections
        if selection.is_confirmed and selection.initial_application.status != InitialApplication.Status.ELIGIBLE
    ]


def _waiting_and_not_eligible(round: Round, reader: User) -> list[Problem]:
    eligible = InitialApplication.objects.eligible().filter(round=round).values("applicant")
    places = WaitingPlace.objects.filter(participation__round=round, application__status=Application.Status.SUBMITTED)
    places = _with_sight(places.exclude(application__applicant__in=eligible), reader)
    return [
        _at(place, f"{_name(place)} is on the waiting list, but it is not decided that this applicant can take part.")
        for place in places.select_related("application__applicant", *_COMMUNITY).only(*_SAID)
    ]


def _of_eligibility(selection: Any) -> Problem:
    """Solved where it is decided; for somebody who was never in doubt there is only the slot to be taken back."""
    words = f"{_name(selection)} has a slot, but it is not decided that this applicant can take part."
    initial = selection.initial_application
    if selection.is_hidden or not (initial.is_in_doubt or initial.decided_at):
        return _at(selection, words)
    link = reverse("coordinate:decide_eligibility", args=[initial.pk])
    return Problem(selection.application.community.name, words, "Read and decide", link)


def _undecided(everything: list[HandedIn], selections: list[Any]) -> list[Problem]:
    proposed = {selection.application_id for selection in selections}
    undecided = {
        (one.project, one.participation, one.community)
        for one in everything
        if not one.result.outcome and one.result.application not in proposed
    }
    return [
        _of_selections(participation, community, f"“{project}” has applications that are not decided.")
        for project, participation, community in sorted(undecided)
    ]


def _at(decision: Any, words: str) -> Problem:
    """A problem with a selection or a place on a waiting list."""
    listing = decision.application.listing
    return _of_selections(listing.participation_id, listing.community.name, words)


def _of_selections(participation: int, community: str, words: str) -> Problem:
    return Problem(community, words, "Selections", reverse("mentors:selections", args=[participation]))


_COMMUNITY = ["application__listing__project", "application__listing__participation__community"]
# What the words and the links of a problem say.
_SAID = [
    "application__applicant__name", "application__applicant__email", "application__listing__project__title",
    "application__listing__participation__community__name",
]  # fmt: skip


def _selections(round: Round, reader: User) -> list[Any]:
    found = _with_sight(Selection.objects.of_round(round).live(), reader)
    shown = found.select_related("initial_application", "application__applicant", *_COMMUNITY)
    eligibility = [f"initial_application__{name}" for name in ("status", "is_in_doubt", "decided_at")]
    return list(shown.only("slot", *eligibility, *_SAID).order_by("pk"))


def _with_sight(decisions: QuerySet[Any], reader: User) -> Any:
    """Decisions about applications; Any: each also says whether its applicant is hidden from this reader."""
    stepped_back = Recusal.objects.filter(person=reader, applicant=OuterRef("application__applicant"))
    return decisions.annotate(is_hidden=Exists(stepped_back))


def _name(decision: Any) -> str:
    return "Somebody" if decision.is_hidden else str(decision.application.applicant)
