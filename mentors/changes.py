"""What changed in an application since somebody last read it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from applications.models import Application, Question
from mentors.models import Rating, Reading
from opw.accounts.models import User
from opw.comparing import Change, compared


@dataclass(frozen=True)
class ReadAnswer:
    """One answer as it counts; with the words that changed, for who read it before they did."""

    label: str
    text: str
    change: Change | None


@dataclass(frozen=True)
class ReadApplication:
    """An application as it counts, beside what this reader has read of it."""

    answers: list[ReadAnswer]
    revision: int | None  # the newest kept one
    read_at: datetime | None
    is_read: bool  # the newest one
    submitted: list[datetime]  # when it was, each time with other answers

    @property
    def is_changed(self) -> bool:
        return any(answer.change for answer in self.answers)


def as_read_by(user: User, application: Application, rating: Rating | None) -> ReadApplication:
    """The application for this reader; who has said nothing else has read what she rated."""
    reading = Reading.objects.filter(application=application, reader=user)
    submitted = application.history.filter(status=Application.Status.SUBMITTED).order_by("history_date", "history_id")
    revisions = list(submitted.values("history_id", "history_date", "answers", up_to=Subquery(reading.values("up_to"))))
    said = [one["up_to"] for one in revisions[:1]] + [rating.rated_at if rating else None]
    read_at = max((at for at in said if at), default=None)
    read = [one for one in revisions if read_at and one["history_date"] <= read_at]
    before = read[-1]["answers"] if read else None
    questions = application.round.questions.filter(form=Question.Form.APPLICATION)
    answers = [_answer(question, before, application.answers) for question in questions]
    before_each = [None, *(one["answers"] for one in revisions)]
    return ReadApplication(
        answers=answers,
        revision=revisions[-1]["history_id"] if revisions else None,
        read_at=read_at,
        is_read=bool(read) and read[-1] is revisions[-1],
        submitted=[
            one["history_date"]
            for one, earlier in zip(revisions, before_each, strict=False)
            if one["answers"] != earlier
        ],
    )


def _answer(question: Question, before: dict[str, str] | None, after: dict[str, str]) -> ReadAnswer:
    text = after.get(question.key, "")
    old = text if before is None else before.get(question.key, "")
    change = compared(question.label, old, text)
    return ReadAnswer(question.label, text, change if change.is_changed else None)
