"""Where the demo's story plays: its calendar, and everything under the name that the texts give it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from applications.models import Application
from opw.accounts.models import User
from opw.communities.models import Community
from opw.rounds.models import Round
from opw.site.demo.calendar import Calendar
from projects.models import Listing, Project


class Deed(NamedTuple):
    """Something that somebody does at a moment of the story; ``do`` is given that moment in our time."""

    at: str
    do: Callable[[datetime], object]


@dataclass
class Stage:
    """What exists so far, by the keys of the texts. Rows that actions change are read afresh."""

    calendar: Calendar
    people: dict[str, User] = field(default_factory=dict)
    communities: dict[str, Community] = field(default_factory=dict)
    idea_keys: dict[str, int] = field(default_factory=dict)

    def round(self, slug: str) -> Round:
        return Round.objects.get(slug=slug)

    def idea(self, key: str) -> Project:
        return Project.objects.select_related("community").get(pk=self.idea_keys[key])

    def listing(self, round: str, idea: str) -> Listing:
        return Listing.objects.with_round().get(project=self.idea_keys[idea], participation__round__slug=round)

    def application(self, round: str, applicant: str, idea: str) -> Application:
        return Application.objects.with_listing().get(
            applicant=self.people[applicant], listing=self.listing(round, idea)
        )  # fmt: skip
