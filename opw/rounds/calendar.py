"""A round's schedule as an iCalendar file (RFC 5545)."""

from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event

from opw.rounds.models import Round

_MOMENTS = {
    "applications_open_at": "Applications open",
    "applications_close_at": "Applications close",
    "contributions_close_at": "Contributions close",
    "announcement_at": "Interns are announced",
}


def calendar_of(round: Round) -> bytes:
    """The deadlines of a round as events of no length, and the internship as whole days."""
    calendar = Calendar()
    calendar.add("prodid", "-//OPW portal//EN")
    calendar.add("version", "2.0")
    for name, label in _MOMENTS.items():
        calendar.add_component(_event(round, name, label, start=getattr(round, name)))
    internship = _event(round, "internship", "Internships", start=round.internship_starts_on)
    internship.add("dtend", round.internship_ends_on + timedelta(days=1))  # an iCalendar day ends where the next begins
    calendar.add_component(internship)
    return bytes(calendar.to_ical())


def _event(round: Round, name: str, label: str, start: object) -> Event:
    event = Event()
    event.add("uid", f"{round.slug}-{name}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", round.published_at)
    event.add("dtstart", start)
    event.add("summary", f"OPW {round.name}: {label}")
    event.add("url", settings.SITE_URL + round.get_absolute_url())
    return event
