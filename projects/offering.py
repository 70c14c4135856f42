"""What a community offers in a round, and what more it could: its reviewed projects, and how each of them stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from opw.rounds.models import Participation
from projects.models import Listing, Mentorship, Project
from projects.readiness import advice, unmet_conditions, with_what_is_checked

State = Project.State


@dataclass(frozen=True, slots=True)
class Offerable:
    """A reviewed project that is not offered yet, its last listing, who mentors it, and what it lacks."""

    project: Project
    last: Listing | None
    mentors: list[Mentorship]
    lacks: list[str]


@dataclass(frozen=True, slots=True)
class Offering:
    """The live listings of a community in a round; what could be offered, the last round's first; and its archive."""

    listings: list[Listing]
    offerable: list[Offerable]
    archived: list[Project]


def offerable_in(participation: Participation) -> QuerySet[Project]:
    """The reviewed projects of a community that a round does not list."""
    return Project.objects.filter(~_is_offered_in(participation), community=participation.community, state="reviewed")


def offering_of(participation: Participation, today: date) -> Offering:
    """What the page shows, in a constant number of queries."""
    put_away_or_reviewed = Q(state__in=[State.REVIEWED, State.ARCHIVED])
    listings = Listing.objects.select_related("participation__round").order_by("-participation__round__published_at")
    projects = list(
        Project.objects.filter(put_away_or_reviewed | _is_offered_in(participation), community=participation.community)
        .select_related("community")
        .with_dead_links()
        .prefetch_related(*with_what_is_checked(), Prefetch("listings", listings))
    )
    here = {
        project.pk: listing
        for project in projects
        for listing in project.listings.all()
        if listing.is_live and listing.participation_id == participation.pk
    }
    rows = [_row(one, participation, today) for one in projects if one.is_reviewed and one.pk not in here]
    return Offering(
        listings=[here[project.pk] for project in projects if project.pk in here],
        offerable=sorted(rows, key=lambda row: -row.last.round.published_at.timestamp() if row.last else 0),
        archived=[project for project in projects if project.state == State.ARCHIVED],
    )


def _is_offered_in(participation: Participation) -> Q:
    return Q(Exists(Listing.objects.live().filter(participation=participation, project=OuterRef("pk"))))


def _row(project: Project, participation: Participation, today: date) -> Offerable:
    lacks = [*unmet_conditions(project), *(check.missing for check in advice(project, today) if not check.is_met)]
    mentors = [mentorship for mentorship in project.mentorships.all() if mentorship.confirmed_at]
    before = [listing for listing in project.listings.all() if listing.participation_id != participation.pk]
    return Offerable(project, before[0] if before else None, mentors, lacks)
