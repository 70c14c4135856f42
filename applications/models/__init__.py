"""Applicants' side: what they say of themselves, what they apply for, and what they contributed."""

from applications.models.applying import (
    Application,
    ApplicationQuerySet,
    InitialApplication,
    InitialApplicationQuerySet,
    Question,
    Recusal,
    Written,
    by_mentors_and_coordinators,
    hers_or_on_the_table_of,
    not_hidden_from,
    rounds_applied_in,
    without_own_interest,
)
from applications.models.contributing import Contribution, ContributionQuerySet, Marking
from applications.models.deadlines import DeadlineSettings, three_days_before
from applications.models.messages import Message, MessageQuerySet
from applications.models.offers import Offer, OfferQuerySet, answer_by

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Contribution",
    "ContributionQuerySet",
    "DeadlineSettings",
    "InitialApplication",
    "InitialApplicationQuerySet",
    "Marking",
    "Message",
    "MessageQuerySet",
    "Offer",
    "OfferQuerySet",
    "Question",
    "Recusal",
    "Written",
    "answer_by",
    "by_mentors_and_coordinators",
    "hers_or_on_the_table_of",
    "not_hidden_from",
    "rounds_applied_in",
    "three_days_before",
    "without_own_interest",
]
