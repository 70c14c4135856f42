"""How strictly a mentor rates: beside the others, on the same applications. Told to herself and to coordinators."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count, DecimalField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery

from applications.models import Application
from mentors.models import Rating
from mentors.permissions import may_see_all_ratings
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Listing

TOLD_FROM = 3  # applications that others rated too; of fewer it says nothing


@dataclass(frozen=True)
class Strictness:
    """By how much a mentor's scores lie above the mean of the others', on average."""

    mentor: str
    above: Decimal  # to one decimal place
    common: int

    def __str__(self) -> str:
        if not self.above:
            return "as the others do"
        return f"{abs(self.above)} {'above' if self.above > 0 else 'below'} the others"


def own_strictness(user: User, round: Round | None) -> list[Strictness]:
    """Her own, in all that she mentors in a round; nothing while there is too little to tell."""
    applications = Application.objects.seen_by_reviewers(user).of_round(round)
    return _strictness(Rating.objects.filter(mentor=user, application__in=applications))


def strictness_at(listing: Listing, user: User) -> list[Strictness]:
    """Of all who rated a listing's applicants, for its coordinators; for everybody else her own alone.

    Applicants from whom the reader stepped back do not count.
    """
    applications = Application.objects.seen_by_reviewers(user).filter(listing=listing)
    ratings = Rating.objects.filter(application__in=applications)
    return _strictness(ratings if may_see_all_ratings(user, listing) else ratings.filter(mentor=user))


def _strictness(ratings: QuerySet[Rating]) -> list[Strictness]:
    others = Rating.objects.filter(application=OuterRef("application")).exclude(mentor=OuterRef("mentor"))
    mean = others.order_by().values("application").annotate(mean=Avg("score", output_field=DecimalField()))
    above = ExpressionWrapper(F("score") - F("others"), output_field=DecimalField())
    found = (
        ratings.annotate(others=Subquery(mean.values("mean")))
        .filter(others__isnull=False)
        .order_by()
        .values("mentor", "mentor__name")
        .annotate(above=Avg(above), common=Count("pk"))
        .filter(common__gte=TOLD_FROM)
        .order_by("mentor__name", "mentor")
    )
    return [Strictness(row["mentor__name"], _rounded(row["above"]), row["common"]) for row in found]


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)
