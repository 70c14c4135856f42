"""What stands in the way of a slot for a proposed intern: asked by the deed, and shown on the coordinators' pages."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from applications.models import Application, InitialApplication
from mentors.models import Selection
from opw.rounds.models import Participation, Slot


def free_slots(participation: Participation) -> QuerySet[Slot]:
    """The slots of a participation that nobody has; who withdrew has none."""
    held = Selection.objects.live().filter(slot=OuterRef("pk"))
    return participation.slots.filter(~Exists(held))


def with_facts(selections: QuerySet[Selection]) -> QuerySet[Any]:
    """The selections, each with what ``why_not_confirmed`` asks. Any: they know more than a Selection does."""
    others = Selection.objects.live().filter(initial_application=OuterRef("initial_application"))
    confirmed = Selection.objects.live().confirmed().filter(application__listing=OuterRef("application__listing"))
    interns = confirmed.order_by().values("application__listing").annotate(number=Count("pk"))
    return selections.select_related(
        "application__applicant", "application__listing__project__community", "initial_application", "proposed_by",
        "confirmed_by", "application__listing__participation__round", "application__listing__participation__community",
    ).annotate(
        has_withdrawn=Q(application__status=Application.Status.WITHDRAWN),
        is_eligible=Q(initial_application__status=InitialApplication.Status.ELIGIBLE),
        is_wanted_twice=Exists(others.exclude(pk=OuterRef("pk"))),
        interns=Subquery(interns.values("number")),
        interns_wanted=F("application__listing__interns_wanted"),
    )  # fmt: skip


def why_not_confirmed(selection: Any, participation: Participation, free: int) -> str:
    """Why a proposal (see ``with_facts``) gets no slot, while so many are free; nothing when it can."""
    if selection.has_withdrawn:
        return "The applicant has withdrawn this application."
    if not selection.is_eligible:
        return "It is not decided that this applicant can take part. A program coordinator decides that first."
    if selection.is_wanted_twice:
        return "Another project wants this applicant. A program coordinator settles that first."
    if (selection.interns or 0) >= selection.interns_wanted:
        return "This project has the interns it wants."
    return "" if free else f"Every slot of {participation.community} is taken."
