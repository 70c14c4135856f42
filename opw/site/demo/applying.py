"""Applicants write, contribute and submit; mentors look and rate."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from applications import actions
from applications.models import Contribution
from mentors.actions import rate
from opw.site.demo import candidacies_round6, candidacies_round7
from opw.site.demo.proposing import IDEAS
from opw.site.demo.shapes import Busy, Candidacy, Initial, Mark, Message, Rating, Work
from opw.site.demo.stage import Deed, Stage
from projects.models import StarterTask

INITIALS = candidacies_round6.INITIALS + candidacies_round7.INITIALS
CANDIDACIES = candidacies_round6.CANDIDACIES + candidacies_round7.CANDIDACIES
REMINDED_AT = "2013-11-09 07:00"


def candidacies(stage: Stage) -> Iterator[Deed]:
    """The way of every applicant, in both rounds."""
    for initial in INITIALS:
        yield Deed(initial.at, partial(_submit_initial, stage, initial))
    for candidacy in CANDIDACIES:
        yield from _writing(stage, candidacy)
        for work in candidacy.work:
            yield from _contributing(stage, candidacy, work)
        for message in candidacy.messages:
            yield Deed(message.at, partial(_write, stage, candidacy, message))
        for rating in candidacy.ratings:
            yield Deed(rating.at, partial(_rate, stage, candidacy, rating))
    yield Deed(REMINDED_AT, lambda at: actions.write_due_reminders(now=at))


def _submit_initial(stage: Stage, initial: Initial, at: datetime) -> None:
    answers = {
        "of_age": "yes",
        "took_part": "no",
        "may_work": initial.may_work,
        "commitments": [_row(stage, busy) for busy in initial.commitments],
        "gsoc": "no",
        "experience": initial.experience,
        "publish_name": initial.publish_name,
    }
    actions.submit_initial_application(
        round=stage.round(initial.round),
        by=stage.people[initial.applicant],
        answers=answers,
        seen_version=0,
        received_at=at,
    )


def _row(stage: Stage, busy: Busy) -> dict[str, Any]:
    first, last = stage.calendar.day(busy.starts_on), stage.calendar.day(busy.ends_on)
    return {
        "kind": busy.kind,
        "what": busy.what,
        "from": first.isoformat(),
        "until": last.isoformat(),
        "hours": busy.hours,
    }


def _writing(stage: Stage, candidacy: Candidacy) -> Iterator[Deed]:
    applicant = stage.people[candidacy.applicant]
    answers = {"why": candidacy.why, "background": candidacy.background, "plan": candidacy.plan}

    def save(at: datetime) -> None:
        listing = stage.listing(candidacy.round, candidacy.idea)
        actions.save_application(listing=listing, by=applicant, answers=answers, seen_version=0, received_at=at)

    def submit(at: datetime) -> None:
        listing = stage.listing(candidacy.round, candidacy.idea)
        actions.submit_application(listing=listing, by=applicant, answers=answers, seen_version=1, received_at=at)

    def withdraw(at: datetime) -> None:
        application = stage.application(candidacy.round, candidacy.applicant, candidacy.idea)
        actions.withdraw_application(application=application, by=applicant, received_at=at)

    yield Deed(candidacy.drafted_at, save)
    if candidacy.submitted_at:
        yield Deed(candidacy.submitted_at, submit)
    if candidacy.withdrawn_at:
        yield Deed(candidacy.withdrawn_at, withdraw)


def _contributing(stage: Stage, candidacy: Candidacy, work: Work) -> Iterator[Deed]:
    recorded: list[Contribution] = []
    mentor = stage.people[IDEAS[candidacy.idea].mentors[0]]

    def record(at: datetime) -> None:
        tasks = StarterTask.objects.filter(project=stage.idea_keys[candidacy.idea])
        recorded.append(
            actions.record_contribution(
                listing=stage.listing(candidacy.round, candidacy.idea),
                by=stage.people[candidacy.applicant],
                kind=work.kind,
                title=work.title,
                url=work.url,
                received_at=at,
                task=tasks.get(title=work.task) if work.task else None,
            )
        )

    def look(said: Mark, at: datetime) -> None:
        actions.mark_contribution(
            contribution=recorded[0], by=mentor, mark=said.mark, comment=said.comment, at=at
        )  # fmt: skip

    yield Deed(work.at, record)
    for said in work.marks:
        yield Deed(said.at, partial(look, said))


def _write(stage: Stage, candidacy: Candidacy, message: Message, at: datetime) -> None:
    actions.write_message(
        listing=stage.listing(candidacy.round, candidacy.idea),
        applicant=stage.people[candidacy.applicant],
        by=stage.people[message.by],
        body=message.body,
        at=at,
    )


def _rate(stage: Stage, candidacy: Candidacy, rating: Rating, at: datetime) -> None:
    application = stage.application(candidacy.round, candidacy.applicant, candidacy.idea)
    rate(application=application, by=stage.people[rating.by], score=rating.score, reasons=rating.reasons, at=at)
