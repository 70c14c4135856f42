"""What coordinators look at, measured in the middle of a selection: 5,000 applicants, and a tenth of them."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from applications.models import Application, InitialApplication
from benchmarks.applicants import add_applicants
from benchmarks.filling import fill
from benchmarks.finding import COLUMNS, PLAIN_FILES, database_of_its_own, measure
from mentors.models import Rating, Selection
from opw.accounts.models import User
from opw.rounds.models import Round, Slot
from projects.models import Mentorship

APPLICANTS = 5_000
SLOTS = 60
A_TENTH = 10
HOURS = 30 * 24  # over so many the applications were begun and submitted


def fill_selection(applicants: int) -> Round:
    """Applications are closed; half of them are rated, the first 60 of them proposed, and a tenth are drafts."""
    fill()
    round = Round.objects.get()
    applications = add_applicants(round, applicants, status=Application.Status.SUBMITTED, at=timezone.now())
    _spread(applications)
    mentors = dict(Mentorship.objects.values_list("project", "user"))
    Rating.objects.bulk_create(
        Rating(application=one, mentor_id=mentors[one.listing.project_id], score=4, reasons="Nice tests.")
        for one in applications[::2]
    )
    initials = dict(InitialApplication.objects.values_list("applicant", "pk"))
    Slot.objects.bulk_create(Slot(participation=one.listing.participation) for one in applications[:SLOTS])
    Selection.objects.bulk_create(
        Selection(
            application=one,
            initial_application_id=initials[one.applicant_id],
            proposed_by_id=mentors[one.listing.project_id],
            reasons="The best patch.",
        )
        for one in applications[:SLOTS]
    )
    return round


def _spread(applications: list[Application]) -> None:
    """Begun and submitted hour by hour, a tenth of them never submitted."""
    now = timezone.now()
    for number, one in enumerate(applications):
        one.created_at = now - timedelta(hours=number % HOURS)
        one.submitted_at = one.created_at
        if number % A_TENTH == 0 and number >= SLOTS:
            one.status, one.submitted_at = Application.Status.DRAFT, None
    Application.objects.bulk_update(applications, ["created_at", "submitted_at", "status"], batch_size=1_000)


def addresses(round: Round) -> dict[str, str]:
    """The pages of the round as a whole, and of one of its communities."""
    glance = reverse("mentors:glance", args=[round.slug])
    return {
        "the coordinators' page": reverse("site:coordinate"),
        "the round at a glance": glance,
        "one community at a glance": f"{glance}?community=community-1",
        "every project as CSV": reverse("mentors:funnel_csv", args=[round.slug]),
        "who has not done what is due": reverse("mentors:reminders", args=[round.slug]),
        "the reminder of drafts": reverse("mentors:remind", args=[round.slug, "drafts"]),
    }


def run(applicants: int) -> None:
    with database_of_its_own():
        round = fill_selection(applicants)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        coordinator = User.objects.create_user(email="program@example.org", name="Program", is_staff=True)
        for page, address in addresses(round).items():
            print(measure(f"{page}, {applicants:,} applicants", address, coordinator))


def main() -> None:
    """Print the table of docs/performance.md."""
    there = {"ALLOWED_HOSTS": ["testserver"], "STORAGES": settings.STORAGES | PLAIN_FILES}
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with override_settings(**there, VISITORS_PAGES_KEPT_FOR=0):
        for applicants in (APPLICANTS // A_TENTH, APPLICANTS):
            run(applicants)
