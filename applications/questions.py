"""What a round asks its applicants. Every round has its own questions; these are what a new one begins with."""

from typing import Any

from applications.models import Question
from opw.rounds.models import Round

NEEDED = {"publish_name"}  # keys that the portal itself reads
WHOM_TO_ASK = "the program's coordinators"
_INITIAL: list[dict[str, Any]] = [
    {
        "section": "Can you take part?",
        "key": "of_age",
        "label": "Will you be 18 or older when the internship starts?",
        "kind": Question.Kind.YES_NO,
        "ineligible_if": "no",
        "ineligible_because": "Interns must be 18 or older when the internship starts.",
        "whom_to_ask": WHOM_TO_ASK,
    },
    {
        "section": "Can you take part?",
        "key": "took_part",
        "label": "Have you been an intern of this program, or of Google Summer of Code, before?",
        "kind": Question.Kind.YES_NO,
        "ineligible_if": "yes",
        "ineligible_because": "The program is for people who have not been interns of it, or of Google Summer of Code.",
        "whom_to_ask": WHOM_TO_ASK,
    },
    {
        "section": "Can you take part?",
        "key": "may_work",
        "label": "May you work where you will live during the internship?",
        "kind": Question.Kind.CHOICE,
        "options": "Yes\nI am not sure\nNo",
        "help_text": "Some visas do not allow it. If you are not sure, say so: a coordinator looks at it with you.",
        "ineligible_if": "No",
        "ineligible_because": "The internship is paid work, so you need to be allowed to work where you live.",
        "in_doubt_if": "I am not sure",
        "whom_to_ask": WHOM_TO_ASK,
    },
    {
        "section": "Your time",
        "key": "commitments",
        "label": "What else takes your time in those months?",
        "kind": Question.Kind.COMMITMENTS,
        "help_text": "Jobs, courses, exams, travel. The internship takes 40 hours a week. Nothing? Leave it empty.",
    },
    {
        "section": "Your time",
        "key": "gsoc",
        "label": "Are you also applying to Google Summer of Code?",
        "kind": Question.Kind.YES_NO,
        "help_text": "You may. One person cannot do both at once, so we tell each other.",
    },
    {
        "section": "About you",
        "key": "experience",
        "label": "What have you done so far?",
        "help_text": "Programming, writing, design, courses. No experience with free software is needed.",
        "words_at_most": 500,
    },
    {
        "section": "About you",
        "key": "publish_name",
        "label": "If you are accepted, may we publish your name on the page of interns?",
        "kind": Question.Kind.YES_NO,
        "help_text": "Whichever you answer makes no difference to your application.",
    },
]
_APPLICATION: list[dict[str, Any]] = [
    {
        "key": "why",
        "label": "Why this project?",
        "help_text": "What draws you to it, and what you hope to learn.",
        "words_at_most": 300,
    },
    {
        "key": "background",
        "label": "What is your experience with this project, and what else do you bring to it?",
        "help_text": "As a user or a contributor, if any; skills, courses, other work that is close to it.",
        "words_at_most": 400,
    },
    {
        "key": "plan",
        "label": "How would you go about it, and when?",
        "help_text": "A timeline in phases, with rough dates. Talk to the mentor about it; it need not be perfect.",
        "words_at_most": 800,
    },
]


def ask_default_questions(round: Round) -> None:
    """Give a round the questions of the newest round that has some, or those the portal comes with."""
    last = Round.objects.exclude(pk=round.pk).filter(questions__isnull=False).order_by("-published_at").first()
    if last is None:
        forms = [(Question.Form.INITIAL, _INITIAL), (Question.Form.APPLICATION, _APPLICATION)]
        questions = [
            Question(round=round, form=form, position=position, **question)
            for form, asked in forms
            for position, question in enumerate(asked)
        ]
    else:
        questions = list(last.questions.all())
        for question in questions:
            question.pk, question.round = None, round
            question._state.adding = True
    Question.objects.bulk_create(questions)
