"""What another schedule would do to a round's applicants, counted before it is confirmed."""

from dataclasses import dataclass
from datetime import datetime

from applications.models import Application, Contribution, InitialApplication
from opw.mail.models import Letter, Topic
from opw.rounds.models import Deadline, Deadlines, Round


@dataclass(frozen=True)
class Line:
    """How many, and what becomes of them."""

    number: int
    words: str


def moves(stored: Round, proposed: Round, now: datetime) -> list[Line]:
    """What moves with a schedule, line by line; a line with nobody in it is to be left out."""
    lines = []
    if stored.applications_close_at != proposed.applications_close_at:
        lines += _applications(stored, proposed, now)
    if stored.contributions_close_at != proposed.contributions_close_at:
        late = Contribution.objects.filter(round=stored, recorded_at__gte=proposed.contributions_close_at)
        lines.append(Line(late.count(), "recorded contributions would be late; they stay recorded"))
    if (stored.internship_starts_on, stored.internship_ends_on) != (
        proposed.internship_starts_on, proposed.internship_ends_on,
    ):  # fmt: skip
        summed_up = InitialApplication.objects.filter(round=stored, free_hours__isnull=False)
        lines.append(Line(summed_up.count(), "applicants' free hours a week are summed up anew"))
    return lines


def _applications(stored: Round, proposed: Round, now: datetime) -> list[Line]:
    applications = Application.objects.of_round(stored).live()
    late = applications.submitted().filter(submitted_at__gte=proposed.applications_close_at)
    deadlines = Deadlines(proposed)
    shut_out = [
        one
        for one in applications.filter(status=Application.Status.DRAFT).with_listing()
        if deadlines.of(Deadline.APPLICATIONS, one.community, one.applicant) <= now
    ]
    reminded = Letter.objects.filter(
        topic=Topic.REMINDER,
        recipient__in=applications.values("applicant"),
        written_at__gte=stored.applications_open_at,
    )
    return [
        Line(
            applications.values("applicant").distinct().count(), "applicants' pages and calendars show the new deadline"
        ),
        Line(reminded.count(), "reminders are written already; whoever is not done is reminded of the new deadline"),
        Line(late.count(), "submitted applications would be late; they stay submitted"),
        Line(len(shut_out), "drafts could not be submitted any more"),
    ]
