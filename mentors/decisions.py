"""A community's part of a round as its coordinators decide it: slots, proposals, who waits, and what is still open."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from applications.models import Application, Contribution, InitialApplication
from mentors.confirming import why_not_confirmed, with_facts
from mentors.models import RestNotAccepted, Seal, Selection, TakenBack, WaitingPlace
from opw.accounts.models import User
from opw.rounds.models import Participation, Round, Slot
from projects.models.tasks import count_of

DECIDED = "Everything is decided."


@dataclass(frozen=True)
class Proposal:
    """A selection with what stands in the way of its slot; Any: it comes from ``with_facts``."""

    selection: Any
    why_not: str

    @property
    def can_be_confirmed(self) -> bool:
        return not self.selection.is_confirmed and not self.why_not


@dataclass(frozen=True)
class Decisions:
    """What one coordinator sees of a participation: nothing of an applicant from whom she stepped back.

    Any: the rows know more than their models do; see the functions below.
    """

    participation: Participation
    slots: list[Any]
    proposals: list[Proposal]
    waiting: list[Any]
    projects: list[Any]
    taken_back: list[TakenBack]
    is_sealed: bool

    @property
    def taken(self) -> int:
        return sum(slot.is_taken for slot in self.slots)

    @property
    def free(self) -> int:
        return len(self.slots) - self.taken

    @cached_property
    def wanted_twice(self) -> list[Any]:
        live = (proposal.selection for proposal in self.proposals if not proposal.selection.has_withdrawn)
        return [selection for selection in live if selection.is_wanted_twice]

    @cached_property
    def without_candidate(self) -> list[Any]:
        return [listing for listing in self.projects if not listing.candidates]

    @cached_property
    def undecided(self) -> list[Any]:
        return [listing for listing in self.projects if listing.open and not listing.rest]

    @property
    def is_open(self) -> bool:
        """Whether anything can still be decided."""
        return not self.participation.round.is_released

    @cached_property
    def next(self) -> str:
        """What a coordinator looks at first, in one sentence."""
        to_confirm = sum(proposal.can_be_confirmed for proposal in self.proposals)
        unfunded = sum(not one.selection.is_confirmed and not one.selection.has_withdrawn for one in self.proposals)
        if not self.is_open:
            return "The results are out; decisions stay as they are."
        if to_confirm:
            return f"{_many(to_confirm, 'proposal')} can be confirmed; {_many(self.free, 'slot')} free."
        if unfunded:
            return f"{_many(unfunded, 'proposal')} without a slot; what stands in the way is said there."
        if self.undecided:
            return f"{_many(len(self.undecided), 'project')} with applicants about whom nothing is decided."
        return DECIDED

    @property
    def is_settled(self) -> bool:
        return self.next == DECIDED


def decisions_of(participation: Participation, user: User) -> Decisions:
    """Everything that her page of decisions shows."""
    visible = Application.objects.on_the_table_of(user)
    selections = list(with_facts(Selection.objects.of(participation).filter(application__in=visible)))
    slots = _with_holders(participation.slots.all(), selections)
    free = sum(not slot.is_taken for slot in slots)
    taken_back = TakenBack.objects.filter(listing__participation=participation)
    taken_back = taken_back.filter(Q(application__isnull=True) | Q(application__in=visible))
    return Decisions(
        participation=participation,
        slots=slots,
        proposals=[Proposal(one, why_not_confirmed(one, participation, free)) for one in selections],
        waiting=_waiting(participation, user),
        projects=_projects(participation, user, selections),
        taken_back=list(
            taken_back.select_related(
                "application__applicant", "application__listing__project", "listing__project", "by"
            )
        ),
        is_sealed=Seal.objects.stands_on(participation.round),
    )


def funded_in(round: Round, user: User) -> list[Any]:
    """The communities of a round, each with its slots, who has them as far as she may know, and how many are free."""
    visible = Application.objects.on_the_table_of(user)
    confirmed = Selection.objects.live().confirmed().of_round(round).filter(application__in=visible)
    selections = list(confirmed.select_related("application__applicant", "application__listing__project"))
    slots = _with_holders(Slot.objects.filter(participation__round=round), selections)
    participations: list[Any] = list(round.participations.select_related("community"))
    for participation in participations:
        participation.funded = [slot for slot in slots if slot.participation_id == participation.pk]
        participation.free = [slot for slot in participation.funded if not slot.is_taken]
        for slot in participation.free:
            slot.participation = participation
    return participations


def _with_holders(slots: QuerySet[Slot], selections: list[Any]) -> list[Any]:
    """The slots, each with whether it is taken and, where the reader may know, by which of the selections."""
    held = Selection.objects.live().filter(slot=OuterRef("pk"))
    found: list[Any] = list(slots.annotate(is_taken=Exists(held)))
    holders = {selection.slot_id: selection for selection in selections}
    for slot in found:
        slot.selection = holders.get(slot.pk) if slot.is_taken else None
    return found


def _waiting(participation: Participation, user: User) -> list[Any]:
    """The places she sees, in order, each with its neighbours, and whether it counts; the first that does is next."""
    initial = InitialApplication.objects.filter(applicant=OuterRef("application__applicant"), round=participation.round)
    elsewhere = Selection.objects.live().confirmed().of_round(participation.round)
    elsewhere = elsewhere.filter(application__applicant=OuterRef("application__applicant"))
    places: list[Any] = list(
        WaitingPlace.objects.filter(
            participation=participation, application__in=Application.objects.on_the_table_of(user)
        )
        .select_related("application__applicant", "application__listing__project")
        .annotate(
            has_withdrawn=Q(application__status=Application.Status.WITHDRAWN),
            is_eligible=Exists(initial.eligible()),
            is_accepted_elsewhere=Exists(elsewhere),
        )
    )
    counting = [one for one in places if one.is_eligible and not one.has_withdrawn and not one.is_accepted_elsewhere]
    for place, above, below in zip(places, [None, *places], [*places[1:], None], strict=False):
        place.above, place.below, place.is_next = above, below, counting[:1] == [place]
    return places


def _projects(participation: Participation, user: User, selections: list[Any]) -> list[Any]:
    """The projects: how many applied, of how many nothing is decided, and who is a candidate."""
    rest = RestNotAccepted.objects.filter(listing=OuterRef("pk"))
    applications = Application.objects.seen_by_reviewers(user).filter(listing=OuterRef("pk"))
    contributions = Contribution.objects.that_may_count().filter(
        applicant=OuterRef("applicant"), listing=OuterRef("listing")
    )  # fmt: skip
    open = applications.filter(
        Exists(contributions),
        ~Exists(Selection.objects.filter(application=OuterRef("pk"))),
        ~Exists(WaitingPlace.objects.filter(application=OuterRef("pk"))),
    )
    listings = list(
        participation.listings.live()
        .select_related("project")
        .annotate(applications=count_of(applications), open=count_of(open), rest=Subquery(rest.values("decided_at")))
        .order_by(F("project__title"))
    )
    for listing in listings:
        candidates = [one for one in selections if one.application.listing_id == listing.pk and not one.has_withdrawn]
        listing.candidates = candidates  # type: ignore[attr-defined]  # only this page knows
    return listings


def _many(number: int, things: str) -> str:
    return f"{number} {things}{'' if number == 1 else 's'}"
