"""Coordinators make a round's questions, until applications open; from then on they mend the wording alone."""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.text import slugify

from applications.models import Application, InitialApplication, Question
from applications.questions import NEEDED
from opw.accounts.models import User
from opw.audit.models import record
from opw.errors import Refused
from opw.overtaking import check_seen
from opw.rounds.models import Round

# What may change while people answer: how it is said, never what is asked.
WORDING = ["label", "help_text", "ineligible_because", "whom_to_ask"]
_TAKEN = {
    "version",
    "page",
    "writer",
    "submit",
    "save",
    "more",
    "remove",
}  # names of other fields and buttons of the forms


_GONE = "Somebody has removed this question meanwhile."


@transaction.atomic
def add_question(*, question: Question, by: User, at: datetime) -> Question:
    """Ask one more thing, after the others; its key comes from its first wording and stays.

    Raises Refused once applications are open.
    """
    round = _not_open_yet(question.round_id, at)
    asked = round.questions.filter(form=question.form)
    question.key = _free_key(question.label, set(asked.values_list("key", flat=True)))
    question.position = (asked.aggregate(last=Max("position"))["last"] or 0) + 1
    question.save()
    record("question_added", question, by=by, round=round, after={"key": question.key})
    return question


@transaction.atomic
def edit_question(*, question: Question, by: User, at: datetime, seen: str = "", **changes: Any) -> None:
    """Change a question: the wording at any time, the rest until applications open, its kind until it is answered.

    Raises Refused for what can no longer be changed, Overtaken when it is not the question that was seen.
    """
    stored = Question.objects.select_for_update(of=["self"]).select_related("round").filter(pk=question.pk).first()
    if stored is None:
        raise Refused(_GONE)
    check_seen(seen, stored)
    changed = sorted(name for name, value in changes.items() if getattr(stored, name) != value)
    if set(changed) - set(WORDING) and at >= stored.round.applications_open_at:
        raise Refused("Applications are open: only the wording of a question can be changed now.")
    if {"kind", "options"} & set(changed) and is_answered(stored):
        raise Refused("Somebody has answered this question already; what it takes for an answer stays.")
    for name in changed:
        setattr(stored, name, changes[name])
    stored.save(update_fields=changed)
    if changed:
        record("question_edited", stored, by=by, round=stored.round, after={"changed": changed})


@transaction.atomic
def remove_question(*, question: Question, by: User, at: datetime) -> None:
    """Ask it no more.

    Raises Refused once applications are open or somebody has answered, and for what the portal itself reads.
    """
    round = _not_open_yet(question.round_id, at)
    if question.key in NEEDED:
        raise Refused("The portal itself needs the answer to this question; it stays.")
    if is_answered(question):
        raise Refused("Somebody has answered this question already; it stays.")
    record("question_removed", question, by=by, round=round, before={"key": question.key})
    question.delete()


@transaction.atomic
def move_question(*, question: Question, up: bool, by: User, at: datetime) -> None:
    """Change places with the question before or after it.

    Raises Refused once applications are open.
    """
    round = _not_open_yet(question.round_id, at)
    asked = list(round.questions.filter(form=question.form))
    if question not in asked:
        raise Refused(_GONE)
    here = asked.index(question)
    there = max(0, here - 1) if up else min(len(asked) - 1, here + 1)
    asked[here], asked[there] = asked[there], asked[here]
    for position, one in enumerate(asked):
        one.position = position
    Question.objects.bulk_update(asked, ["position"])
    record("question_moved", question, by=by, round=round, after={"position": there})


def is_answered(question: Question) -> bool:
    """Whether anybody has typed an answer to it, submitted or not."""
    key, round = question.key, question.round_id
    said = Q(answers__has_key=key) | Q(draft__has_key=key)
    written: models.QuerySet[Any] = Application.objects.filter(listing__participation__round=round)
    if question.form == Question.Form.INITIAL:
        written = InitialApplication.objects.filter(round=round)
    return written.filter(said).exists()


def _not_open_yet(round_id: int, at: datetime) -> Round:
    """The round, locked, so that changes of its questions stand in one line."""
    round = Round.objects.select_for_update().get(pk=round_id)
    if at >= round.applications_open_at:
        raise Refused("Applications are open: only the wording of a question can be changed now.")
    return round


def _free_key(label: str, taken: set[str]) -> str:
    wanted = slugify(label).replace("-", "_")[:30].strip("_") or "question"
    numbered = (f"{wanted}_{number}" for number in range(2, len(taken) + len(_TAKEN) + 3))
    return next(key for key in [wanted, *numbered] if key not in taken | _TAKEN)
