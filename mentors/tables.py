"""What the mentors' and coordinators' pages list, each in a constant number of queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Avg, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Greatest

from applications.models import (
    Application,
    Contribution,
    InitialApplication,
    Message,
    Recusal,
    without_own_interest,
)
from mentors.models import Rating, Reading
from mentors.permissions import may_see_all_ratings
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Listing, Mentorship, StarterTask, mentored_by
from projects.models.tasks import count_of


def mentored_listings(user: User, round: Round | None) -> QuerySet[Listing]:
    """The listings of a round that this person mentors, each with what waits there for her."""
    rated = Rating.objects.filter(application=OuterRef("pk"), mentor=user)
    applications = Application.objects.seen_by_reviewers(user).filter(listing=OuterRef("pk"))
    contributions = Contribution.objects.visible_to(user).exclude(applicant=user).filter(listing=OuterRef("pk"))
    return (
        Listing.objects.of_round(round)
        .with_round()
        .filter(project__in=mentored_by(user))
        .annotate(
            applications=count_of(applications),
            unrated=count_of(applications.filter(~Exists(rated))),
            unseen=count_of(contributions.filter(mark="")),
        )
    )


def with_reading(applications: QuerySet[Application], user: User) -> QuerySet[Application]:
    """These, and whether they are new to this reader or changed since she read or rated them."""
    read = Reading.objects.filter(application=OuterRef("pk"), reader=user).values("up_to")
    rated = Rating.objects.filter(application=OuterRef("pk"), mentor=user).values("rated_at")
    return applications.annotate(
        read_at=Greatest(Subquery(read), Subquery(rated[:1])),
        has_changed=Q(read_at__lt=F("submitted_at")),
        is_new=Q(read_at__isnull=True),
    )


def applicants_of(listing: Listing, user: User) -> QuerySet[Application]:
    """The submitted applications to a listing that this reader may see, with the averages that she may know."""
    contributions = Contribution.objects.filter(applicant=OuterRef("applicant"), listing=OuterRef("listing"))
    initial = InitialApplication.objects.filter(applicant=OuterRef("applicant"), round=listing.round)
    ratings = Rating.objects.filter(application=OuterRef("pk"))
    mentors = Mentorship.objects.confirmed().filter(project=listing.project_id, user__isnull=False)
    stepped_back = Recusal.objects.filter(person=OuterRef("user"), applicant=OuterRef(OuterRef("applicant")))
    has_rated = Rating.objects.filter(mentor=OuterRef("user"), application=OuterRef(OuterRef("pk")))
    average = Subquery(ratings.order_by().values("application").annotate(mean=Avg("score")).values("mean"))
    known = Q() if may_see_all_ratings(user, listing) else Q(own_score__isnull=False)
    return (
        with_reading(Application.objects.seen_by_reviewers(user), user)
        .filter(listing=listing)
        .select_related("applicant")
        .annotate(
            contributions=count_of(contributions),
            counting=count_of(contributions.filter(mark=Contribution.Mark.COUNTS)),
            own_score=Subquery(ratings.filter(mentor=user).values("score")[:1]),
            ratings=count_of(ratings),
            missing=count_of(mentors.filter(~Exists(stepped_back), ~Exists(has_rated))),
            raters=F("ratings") + F("missing"),
            average=Case(When(known, then=average)) if known else average,
            is_eligible=Exists(initial.eligible()),
            free_hours=Subquery(initial.values("free_hours")),
        )
        .order_by("applicant__name", "pk")
    )


def not_rated_by(user: User, round: Round) -> QuerySet[Application]:
    """The applications to the projects that she mentors which she has not rated, as far as she may see them."""
    hers = Rating.objects.filter(application=OuterRef("pk"), mentor=user)
    seen = Application.objects.seen_by_reviewers(user).live().of_round(round)
    return seen.filter(~Exists(hers), listing__project__in=mentored_by(user))


def next_to_rate(user: User, round: Round) -> Application | None:
    """Of what she has not rated in the projects that she mentors, the least rated; among equals the oldest one."""
    ratings = Rating.objects.filter(application=OuterRef("pk"))
    waiting = not_rated_by(user, round).select_related("applicant", "listing__project")
    by_ratings = waiting.annotate(ratings=count_of(ratings)).order_by("ratings", "submitted_at", "pk")
    return None if round.is_released else by_ratings.first()


def contributions_to(listing: Listing, user: User) -> QuerySet[Contribution]:
    """What was recorded for a listing, by applicants this reader may see; and who of those recorded the same link."""
    visible = Contribution.objects.visible_to(user).exclude(applicant=user)
    same = visible.filter(round=OuterRef("round"), canonical=OuterRef("canonical")).exclude(
        applicant=OuterRef("applicant")
    )
    others = ArraySubquery(same.order_by("recorded_at", "pk").values("applicant__name"))
    return visible.filter(listing=listing).with_markings().annotate(also_by=others)


def threads_of(listing: Listing, user: User) -> QuerySet[Message]:
    """The last message of each thread with an applicant whom this reader may see."""
    visible = Message.objects.visible_to(user).exclude(applicant=user).filter(listing=listing)
    last = visible.order_by("applicant", "-at", "-pk").distinct("applicant")
    return Message.objects.filter(pk__in=last.values("pk")).select_related("applicant", "author").order_by("-at")


@dataclass(frozen=True)
class WhatEnds:
    """What a coordinator closes by withdrawing a listing, without those from whom she stepped back."""

    submitted: int
    drafts: int
    tasks: int


def what_ends_with(listing: Listing, user: User, at: datetime) -> WhatEnds:
    """How many applications and claims end with this listing."""
    applications = Application.objects.live().filter(without_own_interest(user), listing=listing)
    of_status = Counter(applications.values_list("status", flat=True))
    tasks = StarterTask.objects.held(at).filter(project=listing.project).count()
    return WhatEnds(of_status[Application.Status.SUBMITTED], of_status[Application.Status.DRAFT], tasks)
