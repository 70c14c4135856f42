"""Offering reviewed projects in a round."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.rounds.models import Participation, Round
from projects.models import Listing, Project


@transaction.atomic
def list_project(*, project: Project, round: Round, by: User, interns_wanted: int = 1) -> Listing:
    """Offer a reviewed project in a round.

    Raises Refused when it is not reviewed, or when its community does not take part.
    """
    project = Project.objects.select_for_update(of=["self"]).select_related("community").get(pk=project.pk)
    if not project.is_reviewed:
        raise Refused("Only a reviewed project can be listed in a round.")
    participation = Participation.objects.filter(round=round, community=project.community).first()
    if participation is None:
        raise Refused(f"{project.community} does not take part in {round}.")
    try:
        with transaction.atomic():
            listing = Listing.objects.create(
                project=project, participation=participation, interns_wanted=interns_wanted
            )
    except IntegrityError:
        raise Refused(f"This project is listed in {round} already.") from None
    record("project_listed", listing, by=by, after={"round": round.slug})
    return listing


@transaction.atomic
def close_to_newcomers(*, listing: Listing, by: User, closed: bool) -> None:
    """Let nobody new begin here, or open it again; those who have begun go on."""
    listing.closed_to_newcomers_at = timezone.now() if closed else None
    listing.save(update_fields=["closed_to_newcomers_at"])
    record("listing_closed_to_newcomers" if closed else "listing_opened_to_newcomers", listing, by=by)
