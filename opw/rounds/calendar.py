"""A round's schedule as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable
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
    moments = [event(round, name, label, start=getattr(round, name)) for name, label in _MOMENTS.items()]
    return calendar_with([*moments, internship_of(round)])


def calendar_with(events: Iterable[Event]) -> bytes:
    """A calendar of these events, as it is sent."""
    calendar = Calendar()
    calendar.add("prodid", "-//OPW portal//EN")
    calendar.add("version", "2.0")
    for one in events:
        calendar.add_component(one)
    return bytes(calendar.to_ical())


def internship_of(round: Round) -> Event:
    """A round's internship, in whole days."""
    internship = event(round, "internship", "Internships", start=round.internship_starts_on)
    internship.add("dtend", round.internship_ends_on + timedelta(days=1))  # an iCalendar day ends where the next begins
    return internship


def event(round: Round, name: str, label: str, start: object) -> Event:
    """One event of a round; it keeps its identity, by this name, when its time moves."""
    made = Event()
    made.add("uid", f"{round.slug}-{name}@{settings.SITE_URL.partition('://')[2]}")
    made.add("dtstamp", round.published_at)
    made.add("dtstart", start)
    made.add("summary", f"OPW {round.name}: {label}")
    made.add("url", settings.SITE_URL + round.get_absolute_url())
    return made
