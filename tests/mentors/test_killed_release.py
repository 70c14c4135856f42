"""A worker that is killed at any statement of the release: nothing is half told, and the next job does it whole."""

import os
import signal
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction

from applications.models import Application
from mentors import actions
from opw.audit.models import Event
from opw.mail.models import Letter, Topic
from opw.rounds.models import Round
from projects.models import Intern
from tests import scenarios
from tests.scenarios import Decided

pytestmark = pytest.mark.django_db(transaction=True)

Before = Callable[[int], None]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at(statement: int, deed: Callable[[], None]) -> Before:
    """What does something before one of the statements, and nothing before the others."""
    return lambda number: deed() if number == statement else None


def release_in_a_worker(decided: Decided, before: Before) -> bool:
    """Release in a process of its own, which does something before each of its statements; whether it was killed."""
    connection.close()  # a connection is one process's
    worker = os.fork()
    if worker == 0:
        numbers = count(1)

        def execute(run: Callable[..., Any], *statement: Any) -> Any:
            before(next(numbers))
            return run(*statement)

        with connection.execute_wrapper(execute):
            actions.release_due_rounds(now=decided.round.announcement_at)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(worker, 0)[1])


def told() -> tuple[bool, int, int, int, int]:
    """What the world can see of a release."""
    return (
        Round.objects.filter(released_at__isnull=False).exists(),
        Application.objects.exclude(outcome="").count(),
        Intern.objects.count(),
        Letter.objects.filter(topic=Topic.RESULT).count(),
        Event.objects.filter(deed="results_released").count(),
    )


def test_killed_before_any_of_its_statements_it_told_nothing_and_the_next_tells_all():
    decided = scenarios.sealed()
    after_each_kill = []

    for fatal in count(1):
        if not release_in_a_worker(decided, at(fatal, die)):
            break
        after_each_kill.append(told())

    assert len(after_each_kill) > 10  # it does not end before it begins
    assert set(after_each_kill) == {(False, 0, 0, 0, 0)}
    assert told() == (True, 3, 1, 3, 1)


def test_killed_when_all_is_written_down_it_told_all_and_the_next_tells_nothing_twice():
    decided = scenarios.sealed()

    killed = release_in_a_worker(
        decided, at(3, lambda: transaction.on_commit(die))
    )  # the transaction stands open by then
    after_the_kill = told()
    killed_again = release_in_a_worker(decided, at(0, die))

    assert (killed, killed_again) == (True, False)
    assert after_the_kill == told() == (True, 3, 1, 3, 1)
