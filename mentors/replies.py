"""Drafts of replies to one applicant, from what their writer may see of her and from nothing else.

What only program coordinators know is in a draft when they choose it: the project's mentors read messages too.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse

from applications.availability import HOURS_OF_AN_INTERNSHIP
from applications.models import Application, Contribution, InitialApplication
from opw.accounts.models import User
from opw.mail.compose import Wording, absolute, paragraphs_of
from opw.rounds.kinds import VOCABULARY, Kind
from opw.rounds.models import Deadline, Deadlines
from opw.text import one_line
from opw.times import in_words
from projects.models import Listing, StarterTask

_TITLES_AT_MOST = 5
_LINK = re.compile(r"https?://\S")


@dataclass(frozen=True)
class Fact:
    """Something that is so, and which of the texts of replies speaks of it."""

    words: str
    kind: Kind
    is_private: bool = False  # only program coordinators know it


class Reply:
    """What a reply to an applicant at one listing can be drafted from, as far as this writer may see it."""

    def __init__(self, applicant: User, listing: Listing, deadlines: Deadlines, *, by: User, at: datetime) -> None:
        round = listing.round
        self.applicant, self.listing, self.deadlines, self.at = applicant, listing, deadlines, at
        recorded = Contribution.objects.visible_to(by).of(applicant).filter(round=round)
        contributions = list(recorded.select_related("listing__project"))
        self.here = [one for one in contributions if one.listing_id == listing.pk]
        self.elsewhere = [one for one in contributions if one.listing_id != listing.pk]
        self.application = Application.objects.seen_by_reviewers(by).of(applicant).filter(listing=listing).first()
        self.task = StarterTask.objects.held_by(applicant, at).filter(project=listing.project_id).first()
        initials = InitialApplication.objects.read_by(by).exclude(status=InitialApplication.Status.DRAFT)
        self.initial = initials.filter(applicant=applicant, round=round).first()

    @cached_property
    def facts(self) -> list[Fact]:
        """What the draft goes by, in the order in which it speaks of it."""
        return [self._of_contributions, *self._of_the_application(), *self._of_the_initial_application()]

    def draft(self, wordings: dict[str, Wording], say: Collection[str] = ()) -> str:
        """The reply; of what mentors do not know, it says only the kinds to ``say``."""
        said = [fact.kind for fact in self.facts if not fact.is_private or fact.kind in say]
        return "\n\n".join(self.say(kind, wordings.get(kind)) for kind in said)

    def say(self, kind: Kind, wording: Wording | None) -> str:
        """One of the texts, about this applicant."""
        return "\n\n".join(paragraphs_of(kind.template, self.values_for(kind), wording))

    def values_for(self, kind: Kind) -> dict[str, str]:
        """What the placeholders of a text stand for; the facts of other texts are none of its business."""
        values = self._values | {"link": self._link(kind)}
        return {one.name: values[one.name] for one in VOCABULARY[kind].placeholders}

    @property
    def _of_contributions(self) -> Fact:
        recorded = f"Recorded for this project: {_number(self.here)}"
        counting = sum(one.mark == Contribution.Mark.COUNTS for one in self.here)
        if any(one.mark != Contribution.Mark.NEEDS_WORK for one in self.here):
            return Fact(f"{recorded}, of which {counting} count{'s' * (counting == 1)}.", Kind.REPLY_CONTRIBUTED)
        if self.here:
            return Fact(f"{recorded}, all of which need work.", Kind.REPLY_NEEDS_WORK)
        if self.task:
            return Fact(f"{recorded}. She holds the starter task “{self.task}”.", Kind.REPLY_NOT_LINKED)
        if self.elsewhere:
            projects = self._values["elsewhere"]
            return Fact(f"{recorded}. For {projects}: {_number(self.elsewhere)}.", Kind.REPLY_WRONG_PROJECT)
        if self.application and any(_LINK.search(answer) for answer in self.application.answers.values()):
            return Fact(f"{recorded}. Her application has a link in it.", Kind.REPLY_NOT_LINKED)
        return Fact(f"{recorded}.", Kind.REPLY_NOTHING_YET)

    def _of_the_application(self) -> Iterator[Fact]:
        if self.application is None and self.listing.is_live:
            yield Fact("No application of hers to this project is submitted.", Kind.REPLY_NOT_APPLIED)

    def _of_the_initial_application(self) -> Iterator[Fact]:
        if self.initial is None or self.initial.purged_at:
            return
        hours = self.initial.free_hours
        if hours is not None and hours < HOURS_OF_AN_INTERNSHIP:
            words = f"Her other commitments leave {hours} hours a week on average."
            yield Fact(words, Kind.REPLY_COMMITMENTS, is_private=True)
        if self.initial.answers.get("took_part") == "yes":
            yield Fact("She took part before, by her own answer.", Kind.REPLY_TOOK_PART, is_private=True)
        if self.initial.answers.get("gsoc") == "yes":
            yield Fact("She applies to Google Summer of Code too.", Kind.REPLY_GSOC, is_private=True)

    @cached_property
    def _values(self) -> dict[str, str]:
        """What the placeholders stand for, as text; nothing for what is not there."""
        listing = self.listing
        return {
            "name": one_line(self.applicant.name),
            "round": listing.round.name,
            "community": listing.community.name,
            "project": one_line(listing.project.title),
            "contributed": _titles([one.title for one in self.here]),
            "elsewhere": _titles(list(dict.fromkeys(one.listing.project.title for one in self.elsewhere))),
            "task": one_line(self.task.title) if self.task else "",
            "free_hours": str(self.initial.free_hours) if self.initial else "",
            "contribute_by": self._until(Deadline.CONTRIBUTIONS),
            "apply_by": self._until(Deadline.APPLICATIONS),
        }

    def _link(self, kind: Kind) -> str:
        page = "write" if kind == Kind.REPLY_NOT_APPLIED else "contribute"
        return absolute(reverse(f"applications:{page}", args=[self.listing.pk]))

    def _until(self, kind: Deadline) -> str:
        """A deadline of the community that has not passed, in UTC; more time for one person is hers to know."""
        until = self.deadlines.of(kind, self.listing.community)
        return in_words(until) if self.at < until else ""


def _titles(titles: list[str]) -> str:
    more = len(titles) - _TITLES_AT_MOST
    said = ", ".join(f"“{one_line(title)}”" for title in titles[:_TITLES_AT_MOST])
    return f"{said} and {more} more" if more > 0 else said


def _number(contributions: list[Contribution]) -> str:
    number = len(contributions)
    return f"{number or 'no'} contribution{'s' * (number > 1)}"
