"""Who is in the demo, and where each of them stands: read from the database, so that it is true."""

from collections.abc import Iterator
from datetime import datetime

from applications.models import Application, Contribution, InitialApplication, Offer
from mentors.models import Selection, WaitingPlace
from opw.accounts.models import User
from opw.communities.models import Community
from opw.mail.models import Letter
from opw.rounds.models import Round
from opw.site.demo.people import PASSWORD
from opw.times import day_in_words
from projects.models import Intern, Mentorship


def lines(round: Round, now: datetime) -> Iterator[str]:
    """The round, a line for every person, and where the letters are."""
    opens, closes, announced = round.applications_open_at, round.applications_close_at, round.announcement_at
    yield f"{round} is in the phase “{round.phase(now).label}”."
    yield (
        f"Applications {day_in_words(opens.date(), now)} to {day_in_words(closes.date(), now)}, results "
        f"{day_in_words(announced.date(), now)}, internships {day_in_words(round.internship_starts_on, now)} to "
        f"{day_in_words(round.internship_ends_on, now)}."
    )
    yield ""
    yield f"Everybody's password is {PASSWORD}."
    for user in User.objects.order_by("pk"):
        yield f"  {user.email}"
        yield from (f"      {part}" for part in list(_parts(user, round)) or ["nothing yet"])
    yield ""
    yield f"{Letter.objects.count()} letters lie in the outbox, all counted as sent; none of them was mailed."


def _parts(user: User, round: Round) -> Iterator[str]:
    if user.is_staff:
        yield "program coordinator, and may use /admin/"
    yield from (f"coordinates {community}" for community in Community.objects.filter(coordinators=user))
    yield from (f"maintains {community}" for community in Community.objects.filter(maintainers=user))
    for mentorship in Mentorship.objects.confirmed().filter(user=user).select_related("project"):
        yield f"mentors “{mentorship.project}” ({mentorship.project.get_state_display()})"
    if initial := InitialApplication.objects.filter(applicant=user, round=round).first():
        yield f"initial application to {round}: {initial.get_status_display()}"
    for application in Application.objects.of(user).with_listing().order_by("pk"):
        yield f"{application.round}, “{application.listing.project}”: {', '.join(_facts(application))}"
    for internship in Intern.objects.filter(person=user).select_related("round"):
        yield f"intern of {internship.round}" + ("" if internship.name else ", not named in public")


def _facts(application: Application) -> Iterator[str]:
    yield application.get_status_display()
    marks = Contribution.objects.of(application.applicant).filter(listing=application.listing)
    yield " and ".join(f"contribution {one.get_mark_display()}" for one in marks) or "no contribution"
    if application.outcome:
        yield application.get_outcome_display()
        if offer := Offer.objects.filter(application=application).first():
            yield f"the place {offer.get_status_display()}"
        return
    if selection := Selection.objects.filter(application=application).first():
        yield "selected, with a slot" if selection.is_confirmed else "selected, without a slot yet"
    if WaitingPlace.objects.filter(application=application).exists():
        yield "put on the waiting list"
