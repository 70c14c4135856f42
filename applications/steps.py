"""The initial application in steps: the questions of one section stand on one page."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from applications.availability import Availability, Commitment, availability, commitments_in
from applications.conditions import holds
from applications.fields import field_of
from applications.models import InitialApplication, Question
from opw.rounds.models import Round
from opw.times import day_in_words

Answers = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One page of questions, its place among the others, and whether all of it is answered."""

    number: int
    title: str
    questions: list[Question]
    done: bool

    @property
    def asks_for_commitments(self) -> bool:
        return any(question.kind == Question.Kind.COMMITMENTS for question in self.questions)


def steps_of(round: Round, answers: Answers, *, form: str = Question.Form.INITIAL) -> list[Step]:
    """The pages of a round's initial application, as far as these answers fill them in."""
    sections: dict[str, list[Question]] = {}
    for question in round.questions.filter(form=form):
        sections.setdefault(question.section, []).append(question)
    return [
        Step(number, title or "Your answers", questions, _is_answered(questions, answers))
        for number, (title, questions) in enumerate(sections.items(), 1)
    ]


def reasons_against(questions: list[Question], answers: Answers) -> list[Question]:
    """The questions whose answers make one ineligible, each with why and whom to ask; none for who is eligible."""
    return [one for one in questions if holds(one.ineligible_if, _as_text(answers.get(one.key)))]


def doubts_about(questions: list[Question], answers: Answers) -> list[Question]:
    """The questions whose answers a program coordinator should read herself."""
    return [one for one in questions if holds(one.in_doubt_if, _as_text(answers.get(one.key)))]


def in_words(question: Question, answer: Any) -> str:
    """An answer as it is read."""
    if question.kind == Question.Kind.COMMITMENTS:
        return "\n".join(_in_a_line(one) for one in commitments_in(answer or [])) or "None."
    if question.kind == Question.Kind.YES_NO:
        return str(answer or "").capitalize()
    return str(answer or "")


def read_answers(questions: list[Question], answers: Answers) -> list[tuple[str, str]]:
    """Questions and answers as one reads them."""
    return [(question.label, in_words(question, answers.get(question.key))) for question in questions]


def commitments_of(questions: list[Question], answers: Answers) -> list[Commitment]:
    """What takes her time, from every question that asks for it."""
    asking = [question.key for question in questions if question.kind == Question.Kind.COMMITMENTS]
    return [one for key in asking for one in commitments_in(answers.get(key) or [])]


def availability_in(round: Round, commitments: list[Commitment]) -> Availability:
    """What commitments leave of a round's internship."""
    return availability(round.internship_starts_on, round.internship_ends_on, commitments)


def written_in(initial: InitialApplication | None) -> Answers:
    """The newest of her words: the draft, or what she submitted where nothing was typed since."""
    return (initial.draft or initial.answers) if initial else {}


def _as_text(answer: Any) -> str:
    return answer if isinstance(answer, str) else ""


def _is_answered(questions: list[Question], answers: Answers) -> bool:
    """Whether all of these are answered as submitting asks; commitments, once she has seen the question."""
    return all(question.key in answers and _is_right(question, answers[question.key]) for question in questions)


def _is_right(question: Question, answer: Any) -> bool:
    try:
        field_of(question, submitting=True).clean(answer)
    except ValidationError:
        return False
    return True


def _in_a_line(one: Commitment) -> str:
    first, last = (f"{day_in_words(day)}, {day.year}" for day in (one.starts_on, one.ends_on))
    return f"{one.what}: {one.hours} hours a week, {first} to {last}"
