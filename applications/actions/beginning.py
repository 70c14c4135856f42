"""Who may begin at a listing, and how much interest it has."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, QuerySet

from applications.models import Application, Contribution
from opw.accounts.models import User
from opw.errors import Refused
from projects.models import Listing, StarterTask

# Honest bands; an exact count would tell applicants about each other.
BANDS = [(0, "0"), (3, "1 to 3"), (9, "4 to 9")]
MANY = "10 or more"


def check_may_begin(listing: Listing, applicant: User, at: datetime) -> None:
    """Refuse somebody new where a listing is withdrawn or closed to newcomers; who has begun goes on.

    A mentor of the project cannot apply to it.
    """
    if listing.project.has_offer_of(applicant):
        raise Refused("You mentor this project, so you cannot apply to it.")
    if not listing.is_live:
        raise Refused("This project is no longer offered in this round.")
    if listing.closed_to_newcomers_at and not has_begun(listing, applicant, at):
        raise Refused("This project's mentors take no newcomers any more. Please choose another project.")


def has_begun(listing: Listing, applicant: User, at: datetime) -> bool:
    """Whether she has a draft, an application, a contribution or, at this moment, a claimed task there."""
    begun: list[QuerySet[Any]] = [
        Application.objects.of(applicant).filter(listing=listing),
        Contribution.objects.of(applicant).filter(listing=listing),
        StarterTask.objects.held_by(applicant, at).filter(project=listing.project_id),
    ]
    return any(Listing.objects.values_list(*map(Exists, begun)).get(pk=listing.pk))


def in_line_at(listing: Listing) -> Listing:
    """The listing as it is now: whoever begins, submits or withdraws there, and who withdraws it, stand in one line.

    Its row is locked before any application's.
    """
    return Listing.objects.select_for_update(of=["self"], no_key=True).with_round().get(pk=listing.pk)


def write_down_interest(listing: Listing) -> None:
    """Write the band of live applications down to the listing, where public pages read it."""
    count = Application.objects.live().filter(listing=listing).count()
    band = next((words for most, words in BANDS if count <= most), MANY)
    Listing.objects.filter(pk=listing.pk).exclude(interest=band).update(interest=band)
