"""What waits for a coordinator's decision, in the order in which a round comes to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse

from applications.models import InitialApplication, not_hidden_from
from mentors.candidates import not_proposed, selections_seen_by
from mentors.models import Selection
from opw.accounts.models import User
from opw.rounds.models import Participation, Round
from projects.models import Listing, Project
from projects.models.tasks import count_of
from projects.waiting import waiting_for


@dataclass(frozen=True)
class Decision:
    """So many things of one kind that she decides, and where."""

    one: str
    many: str
    address: str
    number: int = 0

    @property
    def words(self) -> str:
        return self.one if self.number == 1 else self.many


Waiting = tuple[Decision, QuerySet[Any]]


def decisions_for(
    user: User, round: Round, participations: list[Participation], now: datetime, *, sees_selections: bool
) -> list[Decision]:
    """All that waits for her, counted in one query; nothing of the selection for who may not see it."""
    kinds = list(_of_projects(user, round, participations, now))
    if user.is_staff:
        doubted = InitialApplication.objects.read_by(user).filter(round=round, is_in_doubt=True)
        where = reverse("coordinate:in_doubt", args=[round.slug])
        kinds.append((Decision("initial application in doubt", "initial applications in doubt", where), doubted))
    if sees_selections:
        kinds += _of_the_selection(user, round, participations, now)
    numbers = Round.objects.filter(pk=round.pk).values_list(*(count_of(rows) for _, rows in kinds)).get()
    counted = zip(kinds, numbers, strict=True)
    return [Decision(kind.one, kind.many, kind.address, number) for (kind, _), number in counted if number]


def _of_projects(user: User, round: Round, participations: list[Participation], now: datetime) -> Iterator[Waiting]:
    """Ideas that she may approve; and until applications close, reviewed projects that nobody has offered yet."""
    yield Decision("idea to review", "ideas to review", reverse("projects:waiting")), waiting_for(user)
    if now < round.applications_close_at:
        listed = Listing.objects.live().filter(project=OuterRef("pk"), participation__round=round)
        reviewed = Project.objects.filter(~Exists(listed), state=Project.State.REVIEWED)
        hers = reviewed.filter(community__participations__in=participations)
        words = "reviewed project that is not offered", "reviewed projects that are not offered"
        yield Decision(*words, _where("projects:offer", participations)), hers


def _of_the_selection(
    user: User, round: Round, participations: list[Participation], now: datetime
) -> Iterator[Waiting]:
    selections = selections_seen_by(user, participations)
    where = _where("mentors:selections", participations)
    yield Decision("proposal to confirm", "proposals to confirm", where), selections.filter(slot=None)
    if user.is_staff:
        wanted = Selection.objects.live().of_round(round).order_by().values("initial_application")
        twice = wanted.annotate(times=Count("pk")).filter(times__gt=1).values("initial_application")
        conflicts = InitialApplication.objects.filter(not_hidden_from(user), pk__in=twice)
        where = reverse("mentors:conflicts", args=[round.slug])
        yield Decision("applicant whom two projects want", "applicants whom two projects want", where), conflicts
    if round.selection_closes_at <= now and not round.is_released:
        open_ones = not_proposed(round).filter(not_hidden_from(user), listing=OuterRef("pk"))
        rests = Listing.objects.filter(Exists(open_ones), participation__in=participations)
        words = "project with undecided applications", "projects with undecided applications"
        yield Decision(*words, _where("mentors:selections", participations)), rests


def _where(name: str, participations: list[Participation]) -> str:
    """The page of her one community; or the table of all of them, which leads there."""
    return reverse(name, args=[participations[0].pk]) if len(participations) == 1 else "#communities"
