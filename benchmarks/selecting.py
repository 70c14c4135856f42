"""A filled round in the middle of its selection: rated, proposed, wanted twice, in doubt, waiting, and written to."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from applications.models import Application, InitialApplication, Message
from benchmarks.applicants import add_applicants
from benchmarks.filling import MOMENTS, fill
from mentors.models import Rating, Selection, WaitingPlace
from opw.rounds.models import Round, Slot
from projects.models import Listing, Mentorship

CHOSEN = 60  # are proposed, so many more wait, and there are so many slots
WANTED_TWICE = 10
DOUBTED = 16  # one in so many is in doubt
DRAFTS = 11  # one in so many applications is a draft; with 200 listings each of them has some of all
HOURS = 30 * 24  # over so many the applications were begun and submitted
SINCE_FILLED = timedelta(days=35)  # applications were closed meanwhile, and selection is open


def fill_selection(applicants: int) -> Round:
    """The same every time; the database is empty."""
    fill()
    Round.objects.update(**{moment: F(moment) - SINCE_FILLED for moment in MOMENTS})
    round = Round.objects.get()
    submitted = _spread(add_applicants(round, applicants, status=Application.Status.SUBMITTED, at=timezone.now()))
    mentors = dict(Mentorship.objects.values_list("project", "user"))
    Rating.objects.bulk_create(
        Rating(application=one, mentor_id=mentors[one.listing.project_id], score=4, reasons="Nice tests.")
        for one in submitted[::2]
    )
    _choose(submitted, mentors)
    Message.objects.bulk_create(
        Message(listing=one.listing, applicant=one.applicant, author=one.applicant, body="What shall I do next?")
        for one in submitted[::3]
    )
    doubted = [one.applicant_id for one in submitted[2 * CHOSEN :: DOUBTED]]
    InitialApplication.objects.filter(applicant__in=doubted).update(status="submitted", is_in_doubt=True)
    return round


def _spread(applications: list[Application]) -> list[Application]:
    """Begun and submitted hour by hour, some of them never; those that were."""
    now = timezone.now()
    for number, one in enumerate(applications):
        one.created_at = one.submitted_at = now - timedelta(hours=number % HOURS)
        if number % DRAFTS == DRAFTS - 1:
            one.status, one.submitted_at = Application.Status.DRAFT, None
    Application.objects.bulk_update(applications, ["created_at", "submitted_at", "status"], batch_size=1_000)
    return [one for one in applications if one.status == Application.Status.SUBMITTED]


def _choose(submitted: list[Application], mentors: dict[int, int]) -> None:
    """The first are proposed, some of them by a second project too, and the next ones wait."""
    chosen, waiting = submitted[:CHOSEN], submitted[CHOSEN : 2 * CHOSEN]
    elsewhere = Listing.objects.exclude(pk__in=[one.listing_id for one in submitted[:WANTED_TWICE]])
    chosen += Application.objects.bulk_create(
        Application(
            applicant=one.applicant, listing=listing, rank=2, status=one.status, created_at=one.created_at,
            submitted_at=one.submitted_at,
        )
        for one, listing in zip(submitted[:WANTED_TWICE], elsewhere, strict=False)
    )  # fmt: skip
    initials = dict(InitialApplication.objects.values_list("applicant", "pk"))
    Slot.objects.bulk_create(Slot(participation=one.listing.participation) for one in submitted[:CHOSEN])
    Selection.objects.bulk_create(
        Selection(
            application=one, initial_application_id=initials[one.applicant_id],
            proposed_by_id=mentors[one.listing.project_id], reasons="The best patch.",
        )
        for one in chosen
    )  # fmt: skip
    WaitingPlace.objects.bulk_create(
        WaitingPlace(participation=one.listing.participation, application=one, position=number)
        for number, one in enumerate(waiting, start=1)
    )
