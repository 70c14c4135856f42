"""The course of an application: what its applicant did and what mentors said of it, in its order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from applications.works import Work


@dataclass(frozen=True)
class Happened:
    """One thing at one moment; ``contribution`` is the number of the one that it was about."""

    at: datetime
    words: str
    name: str = ""
    contribution: int | None = None


def course_of(works: Iterable[Work], submitted: list[datetime]) -> list[Happened]:
    """Contributions as they were recorded and marked, and the application as it was submitted; the oldest first."""
    happened = [
        Happened(at, "submitted the application" if at == submitted[0] else "changed the application")
        for at in submitted
    ]
    for contribution in (one for work in works for one in work.contributions):
        title, pk = contribution.title, contribution.pk
        happened.append(Happened(contribution.recorded_at, f"{contribution.get_kind_display()} recorded", title, pk))
        happened += [
            Happened(marking.at, f"{marking.by}: {marking.get_mark_display()}", title, pk)
            for marking in contribution.markings.all()
        ]
    return sorted(happened, key=lambda one: one.at)
