"""What applicants have begun in a round and not finished."""

from django.db.models import Exists, OuterRef

from applications.models import (
    Application,
    ApplicationQuerySet,
    Contribution,
    InitialApplication,
    InitialApplicationQuerySet,
)
from opw.rounds.models import Round


def unsubmitted_initials(round: Round) -> InitialApplicationQuerySet:
    return InitialApplication.objects.filter(round=round, status=InitialApplication.Status.DRAFT)


def unsubmitted(round: Round) -> ApplicationQuerySet:
    return _offered(round).filter(status=Application.Status.DRAFT)


def without_contribution(round: Round) -> ApplicationQuerySet:
    """The submitted applications that would not be considered, for want of a contribution that may count."""
    hers = Contribution.objects.that_may_count().filter(applicant=OuterRef("applicant"), listing=OuterRef("listing"))
    return _offered(round).submitted().exclude(Exists(hers))


def _offered(round: Round) -> ApplicationQuerySet:
    return Application.objects.of_round(round).filter(listing__withdrawn_at__isnull=True)
