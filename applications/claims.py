"""A project's starter tasks as one reader sees them: what is free to her, what she holds, and who holds the rest."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef

from applications.actions.claiming import check_may_claim
from applications.models import Application, Recusal
from opw.accounts.models import User
from opw.errors import Refused
from projects.models import Listing, Project, StarterTask
from projects.permissions import may_offer_tasks

_ORDER = list(StarterTask.State)  # what a newcomer can take comes first, after what is hers


@dataclass(frozen=True)
class SeenTask:
    """One task: its state at this moment, and what concerns this reader."""

    task: StarterTask
    state: StarterTask.State
    is_hers: bool
    can_be_claimed: bool  # by her, or by a visitor once she has signed in
    may_offer: bool
    claimer: User | None  # only for those who may know

    @property
    def has_deeds(self) -> bool:
        return self.is_hers or self.can_be_claimed or (self.may_offer and self.state != StarterTask.State.DONE)


@dataclass(frozen=True)
class SeenTasks:
    """The tasks, what is this reader's before what is free and what is over, and why she can claim none."""

    tasks: list[SeenTask]
    may_offer: bool
    because: str


def tasks_seen(project: Project, listing: Listing | None, reader: User | AnonymousUser, at: datetime) -> SeenTasks:
    """The tasks of a project for this reader; those put away only for who may offer them again."""
    user = reader if isinstance(reader, User) else None
    may_offer = user is not None and may_offer_tasks(user, project)
    found = list(StarterTask.objects.filter(project=project).select_related("claimed_by"))
    known = _claimers_known_to(user, listing, found) if user and may_offer else set()
    because = _why_not(listing, user, found, at)
    seen = [
        _seen(task, user, known, at, may_claim=not because, may_offer=may_offer)
        for task in found
        if may_offer or not task.retired_at
    ]
    seen.sort(key=lambda one: (not one.is_hers, _ORDER.index(one.state)))
    return SeenTasks(seen, may_offer, because if user and not may_offer else "")


def _seen(
    task: StarterTask, user: User | None, known: set[int], at: datetime, *, may_claim: bool, may_offer: bool
) -> SeenTask:
    state = task.state_at(at)
    taken = state == StarterTask.State.TAKEN
    return SeenTask(
        task,
        state,
        is_hers=taken and user is not None and task.claimed_by_id == user.pk,
        can_be_claimed=may_claim and state == StarterTask.State.FREE,
        may_offer=may_offer,
        claimer=task.claimed_by if taken and task.claimed_by_id in known else None,
    )


def _why_not(listing: Listing | None, user: User | None, tasks: list[StarterTask], at: datetime) -> str:
    """Why this reader can claim none of the free tasks; nothing when she can, and where none is free."""
    if not any(task.state_at(at) == StarterTask.State.FREE for task in tasks):
        return ""
    if user is None:
        return "" if listing and listing.is_open_to_newcomers(at) else "Nobody can begin here now."
    if any(task.claimed_by_id == user.pk and task.is_held(at) for task in tasks):
        return "One task of a project at a time: finish yours, or give it back, to take another one."
    try:
        check_may_claim(listing, user, at)
    except Refused as refusal:
        return str(refusal)
    return ""


def _claimers_known_to(user: User, listing: Listing | None, tasks: list[StarterTask]) -> set[int]:
    """Whose names a mentor or coordinator may read.

    Not of those from whom she stepped back, and nobody's while she applies in the round herself.
    """
    claimers = {task.claimed_by_id for task in tasks if task.claimed_by_id}
    if listing is None or not claimers:
        return set()
    applies = Application.objects.of(user).of_round(listing.round).live()
    stepped_back = Recusal.objects.filter(person=user, applicant=OuterRef("pk"))
    known = User.objects.filter(~Exists(applies), ~Exists(stepped_back), pk__in=claimers)
    return set(known.values_list("pk", flat=True))
