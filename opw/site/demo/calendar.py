"""When things happen in the demo: in 2013, moved to our days."""

from datetime import UTC, date, datetime

from opw.rounds.models import Phase

# The day of the story that is today, in each phase.
TODAY = {
    Phase.PLANNED: date(2013, 9, 25),
    Phase.OPEN: date(2013, 11, 1),
    Phase.SELECTION: date(2013, 11, 15),
    Phase.ANNOUNCED: date(2013, 11, 28),
    Phase.INTERNSHIP: date(2014, 1, 20),
    Phase.FINISHED: date(2014, 3, 20),
}


class Calendar:
    """The story's days and moments, "2013-10-01" and "2013-10-01 19:00", as days and moments of ours."""

    def __init__(self, phase: Phase, now: datetime) -> None:
        self.now = now
        self._moved_by = now.astimezone(UTC).date() - TODAY[phase]

    def day(self, written: str) -> date:
        """A day of the story."""
        return date.fromisoformat(written) + self._moved_by

    def moment(self, written: str) -> datetime:
        """A moment of the story, which is told in UTC."""
        return datetime.fromisoformat(written).replace(tzinfo=UTC) + self._moved_by
