"""What is due in a round, who has not done it, and the letters that remind them once a day.

The reader's own sight holds here too: she reminds nobody on account of an applicant from whom she stepped back.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application, Contribution, DeadlineSettings, Recusal, not_hidden_from
from applications.unfinished import unsubmitted, unsubmitted_initials, without_contribution
from mentors import emails
from mentors.candidates import undecided_applications
from mentors.models import Rating
from opw.accounts.models import User
from opw.communities.models import Community
from opw.mail.actions import still_to_write
from opw.mail.compose import Draft
from opw.rounds.kinds import Kind
from opw.rounds.models import Deadline, Deadlines, Participation, Round
from projects.models import Listing, Mentorship


@dataclass(frozen=True)
class Sight:
    """What of a round a coordinator sees at a moment."""

    by: User
    deadlines: Deadlines
    participations: list[Participation]
    now: datetime

    @property
    def round(self) -> Round:
        return self.deadlines.round

    @property
    def everybody(self) -> Q:
        """Condition on a row with an applicant and a listing: she sees it."""
        here = [participation.pk for participation in self.participations]
        return Q(not_hidden_from(self.by), listing__participation__in=here, listing__withdrawn_at=None)


@dataclass(frozen=True)
class Duty:
    """Something that is due: who has not done it, as rows that lead to a person and to what it is about."""

    name: str
    heading: str
    who: str
    rows: Callable[[Sight], QuerySet[Any]]
    person: str
    about: str = "pk"
    deadline: Deadline | None = None  # what more time can move; otherwise it is the round's, for everybody
    until: str = "selection_closes_at"
    community: str = ""
    is_the_programs: bool = False
    names_people: bool = True

    @property
    def kind(self) -> Kind:
        """The letter that reminds of it."""
        return Kind(f"due_{self.name}")

    @property
    def page(self) -> str:
        """Where it is done."""
        return {"applicant": "applications:home", "mentor": "mentors:home", "coordinator": "site:coordinate"}[self.who]

    def closes_at(self, sight: Sight, person: User | None = None, community: Community | None = None) -> datetime:
        if self.deadline is None:
            moment: datetime = getattr(sight.round, self.until)
            return moment
        if person and not self.community:
            return sight.deadlines.anywhere(self.deadline, person)
        return sight.deadlines.of(self.deadline, community, person)

    def count(self, sight: Sight) -> int:
        """How many people have not done it."""
        return self.rows(sight).order_by().values(self.person).distinct().count()


def duties_of(user: User) -> list[Duty]:
    """Those of which this coordinator reminds people."""
    return [duty for duty in DUTIES if user.is_staff or not duty.is_the_programs]


def letters_due(duty: Duty, sight: Sight) -> list[Draft]:
    """A letter for each person who has not done it, was not reminded of it today, and wants reminders."""
    found: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for person, *about in duty.rows(sight).values_list(duty.person, duty.about, duty.community or duty.person):
        found[person].append((about[0], about[1]))
    never = DeadlineSettings.objects.filter(hours_before=[]).values("person")
    people = User.objects.filter(pk__in=found, is_active=True).exclude(pk__in=never).order_by("name", "pk")
    communities = {one.community_id: one.community for one in sight.participations}
    drafts = []
    for person in people:
        closes = [duty.closes_at(sight, person, communities.get(community)) for _, community in found[person.pk]]
        about = sorted({str(words) for words, _ in found[person.pk]})
        drafts.append(emails.reminder(duty.kind, sight.round, person, about, min(closes), sight.now, duty.page))
    return sight.round.letter_texts.worded(still_to_write(drafts))


def _initials(sight: Sight) -> QuerySet[Any]:
    ahead = sight.deadlines.is_ahead(Deadline.APPLICATIONS, sight.now, person="applicant")
    return unsubmitted_initials(sight.round).filter(ahead, not_hidden_from(sight.by))


def _drafts(sight: Sight) -> QuerySet[Any]:
    return unsubmitted(sight.round).filter(sight.everybody, _is_ahead(sight, Deadline.APPLICATIONS))


def _without_contribution(sight: Sight) -> QuerySet[Any]:
    return without_contribution(sight.round).filter(sight.everybody, _is_ahead(sight, Deadline.CONTRIBUTIONS))


def _is_ahead(sight: Sight, kind: Deadline) -> Q:
    return sight.deadlines.is_ahead(kind, sight.now, person="applicant", community=_COMMUNITY)


def _unmarked(sight: Sight) -> QuerySet[Any]:
    return _mentors_with(sight, Contribution.objects.filter(sight.everybody, mark=Contribution.Mark.NONE))


def _unrated(sight: Sight) -> QuerySet[Any]:
    hers = Rating.objects.filter(application=OuterRef("pk"), mentor=OuterRef(OuterRef("user")))
    return _mentors_with(sight, Application.objects.submitted().filter(sight.everybody, ~Exists(hers)))


def _mentors_with(sight: Sight, rows: QuerySet[Any]) -> QuerySet[Mentorship]:
    """The mentors who have such a row before them, of an applicant whom they see themselves."""
    stepped_back = Recusal.objects.filter(person=OuterRef(OuterRef("user")), applicant=OuterRef("applicant"))
    theirs = rows.filter(~Exists(stepped_back), listing__project=OuterRef("project")).exclude(
        applicant=OuterRef("user")
    )
    applies = Application.objects.live().of_round(sight.round).filter(applicant=OuterRef("user"))
    here = Listing.objects.live().filter(participation__in=sight.participations)
    mentors = Mentorship.objects.confirmed().filter(project__in=here.values("project"), user__isnull=False)
    mentors = mentors.filter(Exists(theirs), ~Exists(applies))
    return mentors if sight.now < sight.round.selection_closes_at else mentors.none()


def _undecided(sight: Sight) -> QuerySet[Any]:
    """The coordinators of communities with applications that are not decided; once mentors propose no more."""
    stepped_back = Recusal.objects.filter(person=OuterRef(OuterRef("user")), applicant=OuterRef("applicant"))
    theirs = undecided_applications(sight.round).filter(
        sight.everybody, ~Exists(stepped_back), listing__participation__community=OuterRef("community")
    )
    applies = Application.objects.live().of_round(sight.round).filter(applicant=OuterRef("user"))
    coordinators = Community.coordinators.through.objects.filter(Exists(theirs), ~Exists(applies))
    is_due = sight.round.selection_closes_at <= sight.now < sight.round.announcement_at
    return coordinators if is_due else coordinators.none()


_COMMUNITY = "listing__participation__community"
_PROJECT = "listing__project__title"

DUTIES = [
    Duty("initial", "Initial applications begun, and not submitted", "applicant", _initials,
         "applicant", "round__name", deadline=Deadline.APPLICATIONS, is_the_programs=True, names_people=False),
    Duty("drafts", "Applications begun, and not submitted", "applicant", _drafts, "applicant", _PROJECT,
         deadline=Deadline.APPLICATIONS, community=_COMMUNITY, names_people=False),
    Duty("contributions", "Submitted, without a contribution that may count", "applicant", _without_contribution,
         "applicant", _PROJECT, deadline=Deadline.CONTRIBUTIONS, community=_COMMUNITY),
    Duty("marks", "Contributions that nobody has looked at", "mentor", _unmarked, "user", "project__title"),
    Duty("ratings", "Applications that their mentor has not rated", "mentor", _unrated, "user", "project__title"),
    Duty("undecided", "Applications without a result", "coordinator", _undecided, "user", "community__name",
         until="announcement_at", is_the_programs=True),
]  # fmt: skip
