"""What stands between an idea and "reviewed", in words; and what would make a good idea better.

Everything is asked of ``.all()`` of the idea's people, points and approvals, so that a list that has fetched these
(``with_what_is_checked``) asks nothing more, however many ideas it has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch

from opw.times import day_in_words
from projects.models import SECTIONS, Approval, Mentorship, Project, links_in

REQUIRED_SECTIONS = ["description", "outcomes", "steps", "skills"]
VERIFIED_FOR = timedelta(days=365)
LIST_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,2}[.)]|[a-z][.)])\s+\S", re.MULTILINE | re.IGNORECASE)
LINK = re.compile(r"https?://[^\s/.]+\.[^\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what is asked for, and, where it is not so, what is missing."""

    asked: str
    missing: str = ""

    @property
    def is_met(self) -> bool:
        return not self.missing

    @property
    def words(self) -> str:
        return self.missing or self.asked


def with_what_is_checked() -> list[Prefetch[str]]:
    """What prefetches all that the conditions look at, in a query each; the advice has ``with_dead_links`` too."""
    return [
        Prefetch("mentorships", Mentorship.objects.select_related("user")),
        Prefetch("approvals", Approval.objects.select_related("by")),
        Prefetch("points"),
    ]


def conditions(project: Project) -> list[Check]:
    """The gate: an idea is reviewed when all of these are met."""
    unresolved = sum(point.resolved_at is None for point in project.points.all())
    return [
        *(
            _check(f"{SECTIONS[name]}: written.", f"{SECTIONS[name]} is not written.", getattr(project, name).strip())
            for name in REQUIRED_SECTIONS
        ),
        _check("A mentor has confirmed.", "It looks for a mentor: nobody has confirmed.", project.confirmed_mentors),
        _check(
            "No review point is open.",
            f"{unresolved} review point{'s are' if unresolved > 1 else ' is'} not resolved.",
            not unresolved,
        ),
        _check(
            "A maintainer who does not mentor it has approved its newest revision.",
            "No maintainer who does not mentor it has approved its newest revision.",
            independent_approvals(project),
        ),
    ]


def advice(project: Project, today: date) -> list[Check]:
    """What makes a good idea better, and is no condition.

    Nobody but a reader can tell whether an outcome is measurable. What can be told is its form: outcomes that stand in
    a list can be checked one by one, and so can steps. References are looked at for a link; whether it leads
    somewhere was asked by a sweep (``look_up_due_references``), and is never asked while somebody waits.
    """
    return list(_advice(project, today))


def unmet_conditions(project: Project) -> list[str]:
    """Why the idea is not reviewed yet; empty when it is ready to be."""
    return [condition.missing for condition in conditions(project) if not condition.is_met]


def independent_approvals(project: Project) -> list[Approval]:
    """The standing approvals of the newest revision, by maintainers who do not mentor the project."""
    mentors = {mentorship.user_id for mentorship in project.mentorships.all() if mentorship.user_id}
    return [
        approval
        for approval in project.approvals.all()
        if approval.ended_at is None and approval.revision == project.revision and approval.by_id not in mentors
    ]


def _check(asked: str, missing: str, is_met: object) -> Check:
    return Check(asked, "" if is_met else missing)


def _advice(project: Project, today: date) -> Iterator[Check]:
    if project.outcomes.strip():
        yield _check(
            "The outcomes are a list that can be checked one by one.",
            "No success criterion stands out: write the outcomes as a list that can be checked one by one.",
            LIST_ITEM.search(project.outcomes),
        )
    if project.steps.strip():
        yield _check(
            "The steps are a list.",
            "The steps are no list: an intern plans her weeks by it.",
            LIST_ITEM.search(project.steps),
        )
    yield _check("The difficulty is said.", "The difficulty is not said.", project.difficulty_from)
    yield _check(
        "More than one mentor.",
        "A single mentor: a second one helps when the first is ill or away.",
        len(project.confirmed_mentors) > 1,
    )
    yield _references(project.references)
    yield from _dead_links(project)
    yield _verified(project.verified_on, today)


def _references(text: str) -> Check:
    missing = "The references hold no link to read." if text.strip() else "No reference to read first."
    return _check("There are links to read first.", missing, LINK.search(text))


def _dead_links(project: Project) -> Iterator[Check]:
    """A line for each link that led nowhere; nothing is said of the others, which nobody may have looked at."""
    dead = {link["url"]: date.fromisoformat(link["on"]) for link in project.dead_links}
    for url in links_in(project.references):
        if on := dead.get(url):
            yield Check("A link that leads somewhere.", f"A link led nowhere on {day_in_words(on)}, {on.year}: {url}")


def _verified(on: date | None, today: date) -> Check:
    missing = "Verified longer than a year ago: is it still wanted?" if on else "Nobody has said when it was verified."
    return _check("Verified within a year.", missing, on and today - on <= VERIFIED_FOR)
