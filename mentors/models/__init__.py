"""The other side of the table: ratings, comments, orders, selections, waiting lists and sealed results.

Nothing below may know of this floor before the release writes results down: every foreign key that points down is
``related_name="+"``.
"""

from mentors.models.deciding import RestNotAccepted, Selection, SelectionQuerySet, TakenBack, WaitingPlace
from mentors.models.ordering import Move, OrderOfPreference, Preference
from mentors.models.reviewing import Comment, Rating, Reading
from mentors.models.sealing import Seal, SealQuerySet

__all__ = [
    "Comment",
    "Move",
    "OrderOfPreference",
    "Preference",
    "Rating",
    "Reading",
    "RestNotAccepted",
    "Seal",
    "SealQuerySet",
    "Selection",
    "SelectionQuerySet",
    "TakenBack",
    "WaitingPlace",
]
