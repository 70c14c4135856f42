"""Slots and who fills them, projects without a candidate, and candidates whom two projects want."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from applications.models import Application, ApplicationQuerySet, Contribution, not_hidden_from
from mentors.models import RestNotAccepted, Selection, WaitingPlace
from opw.accounts.models import User
from opw.communities.models import coordinated_by
from opw.rounds.models import Participation, Phase, Round, Slot
from projects.models import Listing
from projects.models.tasks import count_of


@dataclass(frozen=True)
class Slots:
    """A community's slots, who fills them, and who is proposed without one."""

    participation: Participation
    funded: int
    confirmed: list[Selection]
    proposed: list[Selection]


def participations_run_by(user: User, round: Round | None) -> QuerySet[Participation]:
    """The communities of a round that this coordinator runs, with their numbers of slots; the program's, all."""
    participations = round.participations.all() if round else Participation.objects.none()
    participations = participations.select_related("community")
    if not user.is_staff:
        participations = participations.filter(community__in=coordinated_by(user))
    return participations.annotate(funded=count_of(Slot.objects.filter(participation=OuterRef("pk"))))


def selections_seen_by(user: User, participations: list[Participation]) -> QuerySet[Selection]:
    """The live selections of these communities, but of those from whom she stepped back."""
    seen = Application.objects.filter(not_hidden_from(user), listing__participation__in=participations)
    selections = Selection.objects.live().filter(application__in=seen)
    shown = selections.select_related("application__applicant", "application__listing__project")
    return shown.only(
        "initial_application", "slot", "application__applicant__name", "application__applicant__email",
        "application__listing__participation", "application__listing__project__title",
    )  # fmt: skip


def slots_of(participations: list[Participation], selections: list[Selection]) -> list[Slots]:
    """Each community's slots with the selections there."""
    there: dict[int, list[Selection]] = defaultdict(list)
    for selection in selections:
        there[selection.application.listing.participation_id].append(selection)
    return [
        Slots(
            participation,
            vars(participation)["funded"],
            [one for one in there[participation.pk] if one.is_confirmed],
            [one for one in there[participation.pk] if not one.is_confirmed],
        )
        for participation in participations
    ]


def wanted_twice(selections: list[Selection]) -> list[list[Selection]]:
    """The selections of each person whom more than one project wants."""
    wanting: dict[int, list[Selection]] = defaultdict(list)
    for selection in selections:
        wanting[selection.initial_application_id].append(selection)
    return [each for each in wanting.values() if len(each) > 1]


def without_candidate(
    user: User, round: Round, participations: list[Participation], now: datetime
) -> list[tuple[Participation, list[Listing]]]:
    """The projects for which nobody has submitted, from the selection on those for which nobody is proposed."""
    submitted = Application.objects.submitted().filter(not_hidden_from(user), listing=OuterRef("pk"))
    if round.phase(now) not in (Phase.PLANNED, Phase.OPEN):
        submitted = submitted.filter(pk__in=Selection.objects.values("application"))
    listings = Listing.objects.live().filter(~Exists(submitted), participation__in=participations)
    there: dict[int, list[Listing]] = defaultdict(list)
    for listing in listings.select_related("project").only("participation", "project__title"):
        there[listing.participation_id].append(listing)
    return [(one, there[one.pk]) for one in participations if one.pk in there]


def undecided_applications(round: Round) -> ApplicationQuerySet:
    """Those that will be considered and have no result yet, the proposed ones among them."""
    waits_for_slot = Exists(_SELECTIONS.filter(slot=None))
    return _considered(round).filter(waits_for_slot | ~Exists(_REST) & ~Exists(_SELECTIONS))


def not_proposed(round: Round) -> ApplicationQuerySet:
    """Those of them that nobody has proposed: "the rest are not accepted" decides about all of a listing's at once."""
    return _considered(round).filter(~Exists(_REST), ~Exists(_SELECTIONS))


_SELECTIONS = Selection.objects.filter(application=OuterRef("pk"))
_REST = RestNotAccepted.objects.filter(listing=OuterRef("listing"))


def _considered(round: Round) -> ApplicationQuerySet:
    """The submitted ones that may get a place, and are on no waiting list."""
    here = {"applicant": OuterRef("applicant"), "listing": OuterRef("listing")}
    return Application.objects.submitted().filter(
        Exists(Contribution.objects.that_may_count().filter(**here)),
        ~Exists(WaitingPlace.objects.filter(application=OuterRef("pk"))),
        listing__participation__round=round,
        listing__withdrawn_at=None,
    )
