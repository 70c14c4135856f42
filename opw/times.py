"""How the portal words a moment: in UTC, the program's hour, and in the reader's own time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_NOT_PLACES = {"Brazil", "Canada", "Chile", "Etc", "Mexico", "SystemV", "US"}  # their keys end in "East", "GMT+5"

# Browsers still report these keys by the names the places had.
_TODAY = {"Calcutta": "Kolkata", "Katmandu": "Kathmandu", "Kiev": "Kyiv", "Rangoon": "Yangon", "Saigon": "Ho Chi Minh"}


LATE = timedelta(minutes=1)  # from then on results are said to be late; beat looks every few seconds


def in_words(at: datetime, tz: str | None = None, now: datetime | None = None) -> str:
    """The moment in UTC and, for a reader elsewhere, in her own time: "November 11, 19:00 UTC (20:00 in Berlin)".

    Her day is named when it is another one, and the year when ``now`` is in another one. A timezone that is unknown
    counts as UTC: a wrong name must never stop a letter.
    """
    utc = at.astimezone(UTC)
    words = f"{day_in_words(utc.date(), now)}, {utc:%H:%M} UTC"
    own = own_time(at, tz)
    return f"{words} ({own})" if own else words


def own_time(at: datetime, tz: str | None) -> str:
    """The moment where the reader is, "20:00 in Berlin", or nothing for a reader in UTC."""
    zone = _zone(tz)
    if zone is None:
        return ""
    own = at.astimezone(zone)
    day = "" if own.date() == at.astimezone(UTC).date() else f"{day_in_words(own.date())}, "
    return f"{day}{own:%H:%M} {place(zone.key)}"


def place(tz: str) -> str:
    """Where a timezone is, as said after an hour: "in Buenos Aires"; "your time" for one that names no city."""
    region, _, rest = tz.partition("/")
    if not rest or region in _NOT_PLACES:
        return "your time"
    city = rest.rpartition("/")[2].replace("_", " ")
    return f"in {_TODAY.get(city, city)}"


def day_in_words(on: date, now: datetime | None = None) -> str:
    """The day, "November 11", with its year when ``now`` is in another one."""
    words = f"{on:%B} {on.day}"
    return words if now is None or now.astimezone(UTC).year == on.year else f"{words}, {on.year}"


def time_left(at: datetime, now: datetime) -> str:
    """What remains until a deadline, "12 days left", or how long it has been over, "closed 2 days ago".

    Rounded down, so that nobody counts on time that is not there; at the deadline itself it is closed.
    """
    return f"{duration(at - now)} left" if now < at else f"closed {duration(now - at)} ago"


def duration(span: timedelta) -> str:
    """A span of time in its largest unit of which there are two: "47 hours", "2 days", "less than a minute"."""
    minutes = span // timedelta(minutes=1)
    if minutes < 1:
        return "less than a minute"
    if minutes == 1:
        return "1 minute"
    for unit, length in (("days", 24 * 60), ("hours", 60)):
        if minutes >= 2 * length:
            return f"{minutes // length} {unit}"
    return f"{minutes} minutes"


def _zone(tz: str | None) -> ZoneInfo | None:
    if not tz or tz in {"UTC", "Etc/UTC"}:
        return None
    try:
        return ZoneInfo(tz)
    except (KeyError, ValueError, OSError):
        return None
