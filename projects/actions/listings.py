"""Offering reviewed projects in a round, and a community's way out of it while it has offered none."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Participation, Round
from projects.actions.review import verify_idea
from projects.actions.tasks import free_held_tasks
from projects.models import Listing, Project
from projects.readiness import unmet_conditions


@transaction.atomic
def list_project(*, project: Project, round: Round, by: User, interns_wanted: int = 1) -> Listing:
    """Offer a reviewed project in a round; one that was withdrawn from it is offered there again.

    Raises Refused when it is not reviewed, when its community does not take part, and once the results are out.
    """
    participation = _in_line(Participation.objects.filter(round=round, community=project.community_id))
    project = Project.objects.select_for_update(of=["self"]).select_related("community").get(pk=project.pk)
    if not project.is_reviewed:
        reasons = " ".join(unmet_conditions(project))
        raise Refused(f"Only a reviewed project can be listed in a round. {reasons}".strip())
    if round.is_released:
        raise Refused(f"The results of {round} are out; nothing more is offered there.")
    if participation is None:
        raise Refused(f"{project.community} does not take part in {round}.")
    listing = Listing.objects.filter(project=project, participation=participation).first()
    if listing and listing.is_live:
        raise Refused(f"This project is listed in {round} already.")
    listing = listing or Listing(project=project, participation=participation)
    listing.interns_wanted, listing.listed_at = interns_wanted, timezone.now()
    listing.withdrawn_at, listing.withdrawn_because, listing.closed_to_newcomers_at = None, "", None
    listing.save()
    record("project_listed", listing, by=by, after={"round": round.slug})
    return listing


@transaction.atomic
def carry_over(
    *, participation: Participation, projects: Iterable[Project], verified: Iterable[Project], by: User
) -> None:
    """Offer several projects in a round, wanting as many interns as each did last; and say which are still true.

    Raises Refused, naming the project, when one of them cannot be offered; none of them is, then.
    """
    _in_line(Participation.objects.filter(pk=participation.pk))
    for project in sorted(verified, key=lambda project: project.pk):
        verify_idea(project=project, by=by)
    for project in sorted(projects, key=lambda project: project.pk):  # in one order: no deadlock
        last = project.listings.order_by("-participation__round__published_at").first()
        wanted = last.interns_wanted if last else 1
        try:
            list_project(project=project, round=participation.round, by=by, interns_wanted=wanted)
        except Refused as refusal:
            raise Refused(f"“{project}”: {refusal}") from None


@transaction.atomic
def close_to_newcomers(*, listing: Listing, by: User, closed: bool) -> None:
    """Let nobody new begin here, or open it again; those who have begun go on."""
    listing.closed_to_newcomers_at = timezone.now() if closed else None
    listing.save(update_fields=["closed_to_newcomers_at"])
    record("listing_closed_to_newcomers" if closed else "listing_opened_to_newcomers", listing, by=by)


@transaction.atomic
def withdraw_listing(*, listing: Listing, by: User, because: str, at: datetime) -> Listing:
    """Take a project out of a round, and free its starter tasks; the floors above close what hangs on the listing.

    Raises Refused without words for its applicants, and for a listing that is withdrawn already.
    """
    listing = Listing.objects.select_for_update(of=["self"], no_key=True).with_round().get(pk=listing.pk)
    if not because.strip():
        raise Refused("Say why the project is withdrawn; its applicants read it.")
    if not listing.is_live:
        raise Refused(f"{listing} is withdrawn already.")
    listing.withdrawn_at, listing.withdrawn_because = at, because.strip()
    listing.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("listing_withdrawn", listing, by=by)
    free_held_tasks(project=listing.project, by=by)
    return listing


@transaction.atomic
def end_participation(*, participation: Participation, by: User) -> None:
    """Let a community take no part in a round after all; its slots, which nobody can have, go with it.

    Raises Refused once it has offered a project there, and once the results are out.
    """
    stored = _in_line(Participation.objects.filter(pk=participation.pk))
    if stored is None:
        raise Refused(f"{participation.community} takes no part in {participation.round} any more.")
    if stored.round.is_released:
        raise Refused(f"The results of {stored.round} are out; who took part stays.")
    if stored.listings.exists():
        raise Refused(
            f"{stored.community} has offered projects in {stored.round}, and what people wrote about them stays. "
            "Withdraw its projects and give its slots to others instead."
        )
    before = {"community": stored.community_id, "slots": stored.slots.count()}
    record("participation_ended", stored, by=by, round=stored.round, before=before)
    stored.delete()


def _in_line(participation: QuerySet[Participation]) -> Participation | None:
    """The participation, locked before any of its projects, so that it does not end while one is offered there."""
    return participation.select_for_update(of=["self"]).select_related("round", "community").first()
