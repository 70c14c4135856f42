"""Applicants whom more than one project wants, and what each choice would leave open."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Exists, F, OuterRef, QuerySet, Subquery

from applications.models import Application, Contribution, InitialApplication
from mentors.confirming import why_not_confirmed, with_facts
from mentors.models import Rating, Selection, WaitingPlace
from mentors.orders import Places, orders_by_listing
from opw.accounts.models import User
from opw.rounds.models import Participation, Round, Slot
from projects.models.tasks import count_of

NAMED = 3  # so many of those who would be next are named


@dataclass
class Choice:
    """One of the projects that want the same person: what it gets by keeping her, and what is left when it does not."""

    selection: Any  # see with_facts
    slots: int
    free: int
    why_no_slot: str
    freed: int
    places: Places | None  # hers in the order of the project's mentors
    candidates: list[Any]
    waits: WaitingPlace | None
    others: list["Choice"] = field(default_factory=list)

    @property
    def participation(self) -> int:
        number: int = self.selection.application.listing.participation_id
        return number

    @property
    def gets_slot(self) -> bool:
        return not self.why_no_slot

    @property
    def free_when_kept(self) -> int:
        """The free slots of its community when it keeps her, and the others give hers back."""
        return self.free + self.freed - int(self.gets_slot and not self.selection.is_confirmed)

    @property
    def free_when_given_up(self) -> int:
        """The free slots of its community when it gives her up."""
        return self.free + int(self.selection.is_confirmed)


def conflicts_in(round: Round, user: User) -> list[list[Any]]:
    """The proposals for each person whom several projects want, without those from whom the reader stepped back."""
    readable = InitialApplication.objects.read_by(user).filter(round=round)
    selections = with_facts(Selection.objects.live().filter(initial_application__in=readable))
    wanted: dict[int, list[Any]] = defaultdict(list)
    for selection in selections.filter(is_wanted_twice=True).order_by("initial_application", "proposed_at", "pk"):
        wanted[selection.initial_application_id].append(selection)
    return list(wanted.values())


def choices_for(initial: InitialApplication, user: User) -> list[Choice]:
    """The projects that want this applicant, side by side."""
    ratings = Rating.objects.filter(application=OuterRef("application"))
    average = ratings.order_by().values("application").annotate(mean=Avg("score")).values("mean")
    wanted = with_facts(Selection.objects.live().filter(initial_application=initial))
    selections = list(wanted.annotate(ratings=count_of(ratings), average=Subquery(average)))
    participations = _with_slots(selections)
    candidates, waiting = _candidates(selections, user), _first_who_wait(initial, selections, user)
    orders = orders_by_listing([selection.application.listing for selection in selections], user)
    choices = []
    for selection in selections:
        participation = participations[selection.application.listing.participation_id]
        choices.append(
            Choice(
                selection=selection,
                slots=participation.funded,
                free=participation.funded - participation.taken,
                freed=_freed(selection, selections),
                why_no_slot=_why_no_slot(selection, selections, participation),
                places=orders[selection.application.listing_id].group.get(selection.application_id),
                candidates=candidates[selection.application.listing_id][:NAMED],
                waits=waiting.get(participation.pk),
            )
        )
    for choice in choices:
        choice.others = [other for other in choices if other is not choice]
    return choices


def _why_no_slot(selection: Any, selections: list[Any], participation: Any) -> str:
    """Why she would get no slot here although the others give her up; what they hold in this community is free then."""
    if selection.is_confirmed:
        return ""
    selection.is_wanted_twice = False
    free = participation.funded - participation.taken + _freed(selection, selections)
    return why_not_confirmed(selection, participation, free)


def _freed(selection: Any, selections: list[Any]) -> int:
    """The slots of its own community that the others give back."""
    own = selection.application.listing.participation_id
    others = (one for one in selections if one is not selection)
    return sum(one.is_confirmed and one.application.listing.participation_id == own for one in others)


def _with_slots(selections: list[Any]) -> dict[int, Any]:
    """Their communities' parts in the round, with the number of slots, and of those that are taken."""
    numbers = {selection.application.listing.participation_id for selection in selections}
    taken = Selection.objects.live().filter(slot__participation=OuterRef("pk"))
    slots = Slot.objects.filter(participation=OuterRef("pk"))
    participations = Participation.objects.filter(pk__in=numbers).select_related("community")
    return participations.annotate(funded=count_of(slots), taken=count_of(taken)).in_bulk()


def _candidates(selections: list[Any], user: User) -> dict[int, list[Any]]:
    """Whom else each of the projects could take: submitted, considered, nowhere confirmed; the proposed and the best
    rated first."""
    applicants = {selection.application.applicant_id for selection in selections}
    confirmed = (
        Selection.objects.live()
        .confirmed()
        .filter(
            initial_application__applicant=OuterRef("applicant"),
            initial_application__round=OuterRef("listing__participation__round"),
        )
    )
    contributions = Contribution.objects.that_may_count().filter(
        applicant=OuterRef("applicant"), listing=OuterRef("listing")
    )  # fmt: skip
    ratings = Rating.objects.filter(application=OuterRef("pk"))
    average = ratings.order_by().values("application").annotate(mean=Avg("score")).values("mean")
    others = Application.objects.seen_by_reviewers(user).exclude(applicant__in=applicants)
    others = others.filter(Exists(contributions), listing__in={one.application.listing_id for one in selections})
    found: dict[int, list[Any]] = defaultdict(list)
    for application in (
        others.filter(~Exists(confirmed))
        .select_related("applicant")
        .annotate(
            is_proposed=Exists(Selection.objects.filter(application=OuterRef("pk"))),
            ratings=count_of(ratings),
            average=Subquery(average),
        )
        .order_by("-is_proposed", F("average").desc(nulls_last=True), "submitted_at", "pk")
    ):
        found[application.listing_id].append(application)
    return found


def _first_who_wait(initial: InitialApplication, selections: list[Any], user: User) -> dict[int, WaitingPlace]:
    """Who would be offered a free slot of each community: the first of its waiting list who is not accepted yet."""
    numbers = {selection.application.listing.participation_id for selection in selections}
    eligible = InitialApplication.objects.eligible().filter(round=initial.round_id).values("applicant")
    confirmed = Selection.objects.live().confirmed().filter(initial_application__round=initial.round_id)
    places: QuerySet[WaitingPlace] = (
        WaitingPlace.objects.filter(
            participation__in=numbers,
            application__in=Application.objects.seen_by_reviewers(user),
            application__applicant__in=eligible,
        )
        .exclude(application__applicant=initial.applicant_id)
        .exclude(application__applicant__in=confirmed.values("application__applicant"))
        .select_related("application__applicant", "application__listing__project")
        .order_by("participation_id", "position")
        .distinct("participation_id")
    )
    return {place.participation_id: place for place in places}
