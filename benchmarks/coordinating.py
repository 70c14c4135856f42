"""What mentors and coordinators look at in the middle of a selection of 5,000 applicants, and of a tenth of them."""

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse

from applications.models import Application, InitialApplication
from benchmarks.finding import COLUMNS, PLAIN_FILES, database_of_its_own, measure
from benchmarks.selecting import fill_selection
from mentors.models import Selection
from opw.accounts.models import User
from opw.rounds.models import Round

APPLICANTS = 5_000
A_TENTH = 10
OF_THE_ROUND = {
    "the round at a glance": "mentors:glance",
    "every project as CSV": "mentors:funnel_csv",
    "who has not done what is due": "mentors:reminders",
    "results": "mentors:results",
    "conflicts": "mentors:conflicts",
    "slots": "mentors:slots",
    "offers": "mentors:offers",
    "in doubt": "coordinate:in_doubt",
    "who takes part": "site:participations",
    "more time": "coordinate:extensions",
}
REMINDERS = ["marks", "ratings"]


def of_coordinators(round: Round) -> dict[str, str]:
    """The pages of a program coordinator: of the round, of one community, and of one applicant."""
    selection = Selection.objects.select_related("application__listing").earliest("pk")
    doubted = InitialApplication.objects.filter(is_in_doubt=True).earliest("pk")
    glance = reverse("mentors:glance", args=[round.slug])
    return {
        "her dashboard": reverse("site:dashboard"),
        "the coordinators' page": reverse("site:coordinate"),
        **{page: reverse(name, args=[round.slug]) for page, name in OF_THE_ROUND.items()},
        **{f"reminder of {duty}": reverse("mentors:remind", args=[round.slug, duty]) for duty in REMINDERS},
        "one community at a glance": f"{glance}?community=community-1",
        "its selections": reverse("mentors:selections", args=[selection.application.listing.participation_id]),
        "one conflict": reverse("mentors:conflict", args=[selection.initial_application_id]),
        "one in doubt": reverse("coordinate:decide_eligibility", args=[doubted.pk]),
        "letters": reverse("mail:outbox"),
    }


def of_mentors(application: Application) -> dict[str, str]:
    """The pages of a mentor of the project that this application is to."""
    thread = [application.listing_id, application.applicant_id]
    return {
        "her dashboard, of a mentor": reverse("site:dashboard"),
        "mentoring": reverse("mentors:home"),
        "a project's applicants": reverse("mentors:listing", args=[application.listing_id]),
        "the same as CSV": reverse("mentors:applicants_csv", args=[application.listing_id]),
        "order of preference": reverse("mentors:order", args=[application.listing_id]),
        "an application": reverse("mentors:application", args=[application.pk]),
        "messages with an applicant": reverse("mentors:messages", args=thread),
        "a reply to an applicant": reverse("mentors:reply", args=thread),
    }


def run(applicants: int) -> None:
    with database_of_its_own():
        round = fill_selection(applicants)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        coordinator = User.objects.create_user(email="program@example.org", name="Program", is_staff=True)
        for page, address in of_coordinators(round).items():
            print(measure(f"{page}, {applicants:,} applicants", address, coordinator), flush=True)
        application = Application.objects.submitted().of_round(round).latest("pk")
        mentor = application.listing.project.confirmed_mentors[0].user
        for page, address in of_mentors(application).items():
            print(measure(f"{page}, {applicants:,} applicants", address, mentor), flush=True)


def main() -> None:
    """Print the table of docs/performance.md."""
    there = {"ALLOWED_HOSTS": ["testserver"], "STORAGES": settings.STORAGES | PLAIN_FILES}
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    with override_settings(**there, VISITORS_PAGES_KEPT_FOR=0):
        for applicants in (APPLICANTS // A_TENTH, APPLICANTS):
            run(applicants)
