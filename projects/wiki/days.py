"""Days and moments in the styles people write them in."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from projects.wiki.page import Doubt

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = rf"""
    (?<!\d)(?:
        \d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}
      | \d{{1,2}}(?:st|nd|rd|th)?[ -](?:of[ ])?{_MONTH},?[ -]\d{{4}}
      | {_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}}
    )(?!\d)"""
_FIND_DAY = re.compile(_DAY, re.IGNORECASE | re.VERBOSE)
_NOTHING = re.compile(
    r"(?:not (?:yet )?(?:specified|verified).*|none|never|unknown|n/?a|tb[ad]|[-?–—]*)\.?", re.I | re.S
)

# A moment as a signature has it, for use in a verbose pattern that ignores case.
MOMENT = rf"""
    (?:(?P<time>\d{{1,2}}:\d{{2}})(?::\d{{2}})?,?[ ]+)?
    (?P<day>{_DAY})
    (?:,?[ ](?:at[ ])?(?P<later_time>\d{{1,2}}:\d{{2}})(?::\d{{2}})?)?
    (?:[ ]?\(?(?P<zone>(?-i:[A-Z]{{2,5}}))\b\)?)?"""


def read_day(text: str, label: str, doubt: Doubt) -> date | None:
    """The first day in the text. One that can be read two ways is read day first, and said to be doubtful.

    "Not specified, date when created", the wiki's own words for an empty field, is no day and no doubt.
    """
    text = " ".join(text.split())
    if _NOTHING.fullmatch(text):
        return None
    found = _FIND_DAY.search(text)
    readings = list(_readings(found[0])) if found else []
    if not found or not readings:
        doubt(f"{label}: “{text}” is not a date.")
        return None
    if found[0] != text:
        doubt(f"{label}: only the date was taken from “{text}”.")
    if len(readings) > 1:
        ways = " or as ".join(f"{day.day} {day:%B} {day.year}" for day in readings)
        doubt(f"{label}: “{found[0]}” can be read as {ways}; the first was taken.")
    return readings[0]


def read_moment(signature: re.Match[str], doubt: Doubt) -> datetime | None:
    """The moment of a signature that matched ``MOMENT``, in UTC; without a time it is the beginning of its day."""
    said = " ".join(signature[part] for part in ("time", "day", "later_time", "zone") if signature[part])
    day = next(_readings(signature["day"]), None)
    hour, minute = map(int, (signature["time"] or signature["later_time"] or "0:0").split(":"))
    if not day or hour > 23 or minute > 59:
        return None
    if not (signature["time"] or signature["later_time"]):
        doubt(f"The comment signed “{said}” has no time; 00:00 UTC was taken.")
    elif signature["zone"] not in ("UTC", "GMT"):
        doubt(f"The time of the comment signed “{said}” was taken to be in UTC.")
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def _readings(text: str) -> Iterator[date]:
    """Every different day the text can mean, the likeliest first."""
    seen = set()
    for year, month, day in _orders(text):
        try:
            reading = date(year, month, day)
        except ValueError:
            continue
        if reading not in seen:
            seen.add(reading)
            yield reading


def _orders(text: str) -> Iterator[tuple[int, int, int]]:
    """The ways to read a date as year, month and day: ISO, day first, month first, short year first."""
    name = re.search(_MONTH, text, re.IGNORECASE)
    numbers = re.findall(r"\d+", text)
    if name:
        day, year = (int(number) for number in numbers)
        yield year, _MONTHS.index(name[0][:3].lower()) + 1, day
        return
    first, second, third = (int(number) for number in numbers)
    if len(numbers[0]) > 2:
        yield first, second, third
        return
    yield _full_year(third, numbers[2]), second, first
    yield _full_year(third, numbers[2]), first, second
    if len(numbers[2]) <= 2:
        yield _full_year(first, numbers[0]), second, third


def _full_year(year: int, written: str) -> int:
    return year + 2000 if len(written) <= 2 else year
