"""The communities of a round, with what each funds and offers there."""

from typing import Any

from django.db.models import OuterRef

from opw.rounds.models import Round, Slot
from projects.models import Listing
from projects.models.tasks import count_of


def taking_part_in(round: Round) -> list[Any]:
    """The participations of a round, each with its number of slots, of projects on offer, and of those ever offered."""
    here = Listing.objects.filter(participation=OuterRef("pk"))
    return list(
        round.participations.select_related("community").annotate(
            funded=count_of(Slot.objects.filter(participation=OuterRef("pk"))),
            offered=count_of(here.live()),
            ever_offered=count_of(here),
        )
    )
