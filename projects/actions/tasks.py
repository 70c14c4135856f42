"""Starter tasks: offered by mentors, claimed by newcomers, done when the work counts.

Who claims is a newcomer of a round, which a floor above knows (``applications.actions.claiming``).
"""

from datetime import datetime

from django.db import transaction

from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from projects.models import Project, StarterTask


@transaction.atomic
def offer_task(*, project: Project, by: User, title: str, link: str, size: str, description: str) -> StarterTask:
    """Add a starter task to a project."""
    task = StarterTask.objects.create(project=project, title=title, link=link, size=size, description=description)
    record("task_offered", task, by=by, after={"size": size})
    return task


@transaction.atomic
def edit_task(*, task: StarterTask, by: User, title: str, link: str, size: str, description: str) -> None:
    """Change the words of a task; a claim stays."""
    before = task.size
    task.title, task.link, task.size, task.description = title, link, size, description
    task.save(update_fields=["title", "link", "size", "description"])
    record("task_edited", task, by=by, before={"size": before}, after={"size": size})


@transaction.atomic
def retire_task(*, task: StarterTask, by: User, retired: bool, at: datetime) -> None:
    """Put a task away, or offer it again. Raises Refused while somebody holds it."""
    task = _locked(task)
    if retired and task.is_held(at):
        raise Refused("Somebody is working on this task. Release it first, if it has to go.")
    if retired:
        _free(task)
    task.retired_at = at if retired else None
    task.save()
    record("task_retired" if retired else "task_offered_again", task, by=by)


@transaction.atomic
def claim_task(*, task: StarterTask, by: User, at: datetime) -> None:
    """Keep a task for one person, as long as a claim lasts; claiming what one holds is no second claim.

    Raises Refused for a task that is not free, and while she holds another one of the project.
    """
    task = _locked(task)
    if task.claimed_by_id == by.pk and task.is_held(at):
        return
    refusals = {
        StarterTask.State.TAKEN: "Somebody else has just taken this task. Please choose another one.",
        StarterTask.State.DONE: "This task is done already. Please choose another one.",
        StarterTask.State.RETIRED: "This task is no longer offered. Please choose another one.",
    }
    if refusal := refusals.get(task.state_at(at)):
        raise Refused(refusal)
    other = StarterTask.objects.filter(project=task.project_id, claimed_by=by).exclude(pk=task.pk).first()
    if other and other.is_held(at):
        raise Refused(f"You hold “{other}” already: one task of a project at a time. Finish it, or give it back.")
    if other:
        _free(other)
        other.save()
    task.claimed_by, task.claimed_at, task.renewed_at = by, at, at
    task.save()
    record("task_claimed", task, by=by)


@transaction.atomic
def give_back_task(*, task: StarterTask, by: User) -> None:
    """End one's own claim, so that somebody else can begin. Raises Refused when it is no longer hers."""
    task = _locked(task)
    if task.claimed_by_id != by.pk:
        raise Refused("You do not hold this task any more.")
    _free(task)
    task.save()
    record("task_given_back", task, by=by)


@transaction.atomic
def release_task(*, task: StarterTask, by: User) -> None:
    """A mentor ends whoever's claim. Raises Refused when nobody holds the task."""
    task = _locked(task)
    if task.claimed_by_id is None:
        raise Refused("Nobody holds this task.")
    _free(task)
    task.save()
    record("task_released", task, by=by)


@transaction.atomic
def free_held_tasks(*, project: Project, by: User) -> None:
    """End every claim in a project: it is no longer offered."""
    claimed = StarterTask.objects.select_for_update(no_key=True).filter(project=project).order_by("pk")
    for task in claimed:
        if task.claimed_by_id:
            _free(task)
            task.save()
            record("task_released", task, by=by)


@transaction.atomic
def renew_claim(*, project: Project, claimed_by: User, by: User, at: datetime) -> None:
    """Let the claim that she holds in a project, if she holds one, last anew: something happened there."""
    for task in StarterTask.objects.held_by(claimed_by, at).filter(project=project, renewed_at__lt=at):
        StarterTask.objects.filter(pk=task.pk, claimed_by=claimed_by).update(renewed_at=at)
        record("task_claim_renewed", task, by=by)


@transaction.atomic
def finish_task(*, task: StarterTask, done_by: User, by: User, at: datetime) -> None:
    """The work counts: the task is done, whoever holds it; by the first of two who did it."""
    task = _locked(task)
    if task.done_at:
        return
    _free(task)
    task.done_by, task.done_at = done_by, at
    task.save()
    record("task_done", task, by=by)


@transaction.atomic
def reopen_task(*, task: StarterTask, done_by: User, by: User) -> None:
    """The work counts no longer: what it had done is to be done again."""
    task = _locked(task)
    if task.done_by_id != done_by.pk:
        return
    task.done_by, task.done_at = None, None
    task.save()
    record("task_reopened", task, by=by)


def _locked(task: StarterTask) -> StarterTask:
    """The task as it is now. All tasks of its project stand in one line, so that two claims cannot cross."""
    line = StarterTask.objects.select_for_update(no_key=True).filter(project=task.project_id).order_by("pk")
    return next(one for one in line if one.pk == task.pk)


def _free(task: StarterTask) -> None:
    task.claimed_by = task.claimed_at = task.renewed_at = None
