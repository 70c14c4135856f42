"""A round asks its own questions: of every kind, with the answers that exclude and those that put one in doubt."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import model_to_dict
from hypothesis import given
from hypothesis import strategies as st

from applications import actions
from applications.conditions import holds
from applications.fields import field_of
from applications.models import InitialApplication, Question
from opw.rounds.models import Phase, Round
from tests import make

Status = InitialApplication.Status
Kind = Question.Kind


@pytest.mark.parametrize(
    ("conditions", "answer", "met"),
    [
        ("no", "no", True),
        ("no", "yes", False),
        ("no", "", False),
        ("In Cuba\nIn Iran", "In Iran", True),
        ("In Cuba\n\n  In Iran ", "In Iran", True),
        ("below 20", "19", True),
        ("below 20", "20", False),
        ("above 60", "61", True),
        ("above 60", "60", False),
        ("below 20\nabove 60", "70", True),
        ("before 1995-12-10", "1995-12-09", True),
        ("before 1995-12-10", "1995-12-10", False),
        ("after 1995-12-10", "1995-12-11", True),
        ("after 1995-12-10", "yesterday", False),
        ("any answer", "I hope so.", True),
        ("any answer", "  ", False),
        ("", "no", False),
    ],
)
def test_a_condition_is_met_by_the_answers_it_names(conditions, answer, met):
    assert holds(conditions, answer) is met


@given(st.text(), st.text())
def test_no_condition_and_no_answer_breaks_the_judgement(conditions, answer):
    assert holds(conditions, answer) in (True, False)


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"kind": Kind.YES_NO, "ineligible_if": "maybe"}, "“maybe” is no answer to this question"),
        ({"kind": Kind.CHOICE, "options": "Red\nBlue", "in_doubt_if": "Green"}, "“Green” is no answer"),
        ({"kind": Kind.NUMBER, "in_doubt_if": "below many"}, "Say “below 20”"),
        ({"kind": Kind.DATE, "in_doubt_if": "before 2013-02-30"}, "Say “before 2013-12-10”"),
        ({"kind": Kind.NUMBER, "in_doubt_if": "before 2013-02-03"}, "Say “below 20”"),
        ({"kind": Kind.CHOICE, "options": "Red"}, "at least two answers"),
        ({"kind": Kind.YES_NO, "ineligible_if": "no"}, "Say why"),
    ],
    ids=str,
)
def test_a_question_that_nobody_could_answer_is_refused(facts, complaint):
    question = Question(key="q", label="?", **facts)

    with pytest.raises(ValidationError, match=complaint):
        question.clean()


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": Kind.YES_NO, "ineligible_if": "no", "ineligible_because": "So it is."},
        {"kind": Kind.CHOICE, "options": "Red\nBlue", "in_doubt_if": "Blue\nany answer"},
        {"kind": Kind.NUMBER, "in_doubt_if": "below 20\nabove 60"},
        {"kind": Kind.DATE, "in_doubt_if": "before 2013-02-03\nafter 2014-02-03"},
        {"kind": Kind.TEXT, "in_doubt_if": "any answer"},
    ],
    ids=str,
)
def test_a_question_with_conditions_that_can_be_met_is_taken(facts):
    Question(key="q", label="?", **facts).clean()


@pytest.mark.parametrize(
    ("facts", "good", "bad"),
    [
        ({"kind": Kind.YES_NO}, "yes", "perhaps"),
        ({"kind": Kind.CHOICE, "options": "Red\nBlue"}, "Blue", "Green"),
        ({"kind": Kind.CHOICE, "options": "1\n2\n3\n4\n5\n6\n7\n8"}, "8", "9"),
        ({"kind": Kind.NUMBER}, "12", "a dozen"),
        ({"kind": Kind.DATE}, "2013-12-10", "10/12/2013"),
        ({"kind": Kind.DATE}, "2012-02-29", "2013-02-29"),
        ({"kind": Kind.SHORT}, "x" * 500, "x" * 501),
        ({"kind": Kind.TEXT, "words_at_most": 3}, "one two three", "one two three four"),
        ({"kind": Kind.TEXT}, "x" * 20_000, "x" * 20_001),
    ],
    ids=str,
)
def test_an_answer_is_of_its_questions_kind(facts, good, bad):
    field = field_of(Question(key="q", label="?", **facts), submitting=True)

    assert str(field.clean(good)) == good
    with pytest.raises(ValidationError):
        field.clean(bad)
    with pytest.raises(ValidationError, match="required"):
        field.clean("")


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.DATE, Kind.SHORT, Kind.TEXT])
def test_a_draft_may_hold_what_is_not_right_yet(kind):
    field = field_of(Question(key="q", label="?", kind=kind, words_at_most=1), submitting=False)

    assert (field.clean("about a dozen"), field.clean("")) == ("about a dozen", "")


def ask(round: Round, **facts: str) -> None:
    Question.objects.create(round=round, form=Question.Form.INITIAL, key="land", label="Where do you live?", **facts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("land", "status", "in_doubt"),
    [
        ("Elsewhere", Status.ELIGIBLE, False),
        ("It is complicated", Status.SUBMITTED, True),
        ("On the moon", Status.INELIGIBLE, False),
    ],
)
def test_the_rounds_own_conditions_decide(land, status, in_doubt):
    round, applicant = make.round(), make.user()
    ask(
        round, kind=Kind.CHOICE, options="Elsewhere\nIt is complicated\nOn the moon", ineligible_if="On the moon",
        ineligible_because="No letter gets there.", in_doubt_if="It is complicated",
    )  # fmt: skip

    initial = actions.submit_initial_application(
        round=round, by=applicant, answers=make.INITIAL_ANSWERS | {"land": land}, seen_version=0,
        received_at=round.applications_open_at,
    )  # fmt: skip

    assert (initial.status, initial.is_in_doubt, initial.free_hours) == (status, in_doubt, 40)


@pytest.mark.django_db
def test_a_new_round_copies_every_fact_of_a_question():
    last = make.round(Phase.FINISHED)
    ask(last, kind=Kind.CHOICE, options="A\nB", section="Where", in_doubt_if="B", whom_to_ask="Ada, ada@example.org")

    new = make.round()

    copied, asked = (model_to_dict(round.questions.get(key="land"), exclude=["id", "round"]) for round in (new, last))
    assert copied == asked
