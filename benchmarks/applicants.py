"""Applicants in a filled round, each with an eligible initial application, a contribution and an application."""

from datetime import datetime

from applications.models import Application, Contribution, InitialApplication
from opw.accounts.models import User
from opw.rounds.models import Round
from projects.models import Listing


def add_applicants(round: Round, number: int, *, status: Application.Status, at: datetime) -> list[Application]:
    """So many applications, spread evenly over the round's listings; submitted ones at this moment."""
    listings = list(Listing.objects.of_round(round))
    people = User.objects.bulk_create(
        User(email=f"applicant{one}@example.org", name=f"Applicant {one}") for one in range(number)
    )
    InitialApplication.objects.bulk_create(
        InitialApplication(
            applicant=person, round=round, status="eligible", submitted_at=at, answers={"publish_name": "yes"}
        )
        for person in people
    )
    Contribution.objects.bulk_create(
        Contribution(
            applicant=person, round=round, listing=listings[one % len(listings)], title=f"Patch {one}",
            url=f"https://example.org/patches/{one}", canonical=f"https://example.org/patches/{one}",
        )
        for one, person in enumerate(people)
    )  # fmt: skip
    submitted_at = at if status == Application.Status.SUBMITTED else None
    return Application.objects.bulk_create(
        Application(
            applicant=person, listing=listings[one % len(listings)], status=status, submitted_at=submitted_at
        )
        for one, person in enumerate(people)
    )  # fmt: skip
