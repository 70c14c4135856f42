"""Mentors offer starter tasks, and newcomers claim some of them."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from applications.actions import claim_starter_task
from opw.site.demo.proposing import IDEAS
from opw.site.demo.shapes import Task
from opw.site.demo.stage import Deed, Stage
from opw.site.demo.starter_tasks import TASKS
from projects.actions import offer_task
from projects.models import StarterTask


def beginnings(stage: Stage) -> Iterator[Deed]:
    """The starter tasks; the contributions that do them are their applicants' (``applying``)."""
    for task in TASKS:
        yield Deed(task.at, partial(_offer, stage, task))
        if task.claimed_by:
            yield Deed(task.claimed_at, partial(_claim, stage, task))


def _offer(stage: Stage, task: Task, _at: datetime) -> None:
    offer_task(
        project=stage.idea(task.idea),
        by=stage.people[IDEAS[task.idea].mentors[0]],
        title=task.title,
        link=task.link,
        size=task.size,
        description=task.description,
    )


def _claim(stage: Stage, task: Task, at: datetime) -> None:
    found = StarterTask.objects.get(project=stage.idea_keys[task.idea], title=task.title)
    listing = stage.listing("round-7", task.idea)
    claim_starter_task(task=found, listing=listing, by=stage.people[task.claimed_by], received_at=at)
