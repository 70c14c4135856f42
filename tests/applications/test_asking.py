"""A round's questions are its coordinators' to make, until somebody may answer them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from applications import actions
from applications.models import Application, InitialApplication, Question
from opw.audit.models import Event
from opw.errors import Refused
from opw.rounds.models import Phase, Round
from tests import make

pytestmark = pytest.mark.django_db

Kind = Question.Kind


def coordinator(client: Client) -> None:
    client.force_login(make.program_coordinator())


def typed(**facts: str) -> dict[str, str]:
    return {
        "label": "Do you have a computer?",
        "kind": Kind.YES_NO,
        "is_required": "on",
        "section": "Your time",
    } | facts


def add(client: Client, round: Round, form: str = "initial", **facts: str):
    return client.post(reverse("coordinate:add_question", args=[round.slug, form]), typed(**facts))


def keys(round: Round, form: str = "application") -> list[str]:
    return list(round.questions.filter(form=form).values_list("key", flat=True))


def test_a_question_is_added_after_the_others_with_a_key_of_its_own(client):
    round = make.round(Phase.PLANNED)
    coordinator(client)

    add(client, round, ineligible_if="no", ineligible_because="You need one.", whom_to_ask="Ada")
    add(client, round)

    first, second = Question.objects.filter(label="Do you have a computer?")
    event = Event.objects.about(first).get()
    assert (first.key, second.key) == ("do_you_have_a_computer", "do_you_have_a_computer_2")
    assert keys(round, "initial")[-2:] == [first.key, second.key]
    assert (first.ineligible_if, first.whom_to_ask, event.deed) == ("no", "Ada", "question_added")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ineligible_if": "maybe", "ineligible_because": "So."}, "ineligible_if"),
        ({"kind": Kind.CHOICE, "options": "One"}, "options"),
        ({"label": ""}, "label"),
        ({"kind": "secret"}, "kind"),
    ],
    ids=str,
)
def test_a_question_that_is_not_right_comes_back_with_why(client, facts, field):
    round = make.round(Phase.PLANNED)
    coordinator(client)

    page = add(client, round, **facts)

    assert list(page.context["form"].errors) == [field]
    assert not Question.objects.filter(label="Do you have a computer?").exists()


def test_commitments_are_asked_for_in_the_initial_application_alone(client):
    round = make.round(Phase.PLANNED)
    coordinator(client)

    page = add(client, round, "application", kind=Kind.COMMITMENTS)

    assert "in the initial application alone" in page.text


@pytest.mark.parametrize("label", ["Seen version", "Submit?", "なぜ", "Save"])
def test_a_key_is_never_the_name_of_something_else(client, label):
    round = make.round(Phase.PLANNED)
    coordinator(client)

    add(client, round, label=label)

    key = Question.objects.get(label=label).key
    assert key not in {"version", "writer", "submit", "save", "page", ""}


def test_questions_change_places_and_no_further_than_the_end(client):
    round = make.round(Phase.PLANNED)
    coordinator(client)
    plan = round.questions.get(key="plan")
    address = reverse("coordinate:move_question", args=[plan.pk])

    orders = [keys(round)]
    for way in ("up", "up", "up", "down"):
        client.post(address, {way: "yes"})
        orders.append(keys(round))

    assert orders == [
        ["why", "background", "plan"],
        ["why", "plan", "background"],
        ["plan", "why", "background"],
        ["plan", "why", "background"],
        ["why", "plan", "background"],
    ]


def test_a_question_is_removed_unless_it_is_answered_or_needed(client):
    round = make.round(Phase.PLANNED)
    listing = make.listing(make.participation(round))
    make.application(listing, status=Application.Status.DRAFT, draft={"why": "Because."}, contributed=False)
    coordinator(client)

    said = {
        key: client.post(
            reverse("coordinate:remove_question", args=[round.questions.get(key=key).pk]), follow=True
        ).text
        for key in ("plan", "why", "publish_name")
    }

    assert "Removed." in said["plan"]
    assert "Somebody has answered" in said["why"]
    assert "The portal itself needs" in said["publish_name"]
    assert keys(round) == ["why", "background"]


def test_what_somebody_removed_meanwhile_is_refused_in_words():
    round, by = make.round(Phase.PLANNED), make.program_coordinator()
    gone = round.questions.get(key="plan")
    Question.objects.filter(pk=gone.pk).delete()

    with pytest.raises(Refused, match="removed this question meanwhile"):
        actions.move_question(question=gone, up=True, by=by, at=timezone.now())
    with pytest.raises(Refused, match="removed this question meanwhile"):
        actions.edit_question(question=gone, by=by, at=timezone.now(), label="How?")


def test_while_people_apply_only_the_wording_changes(client):
    round = make.round(Phase.OPEN)
    question = round.questions.get(key="of_age")
    coordinator(client)
    address = reverse("coordinate:edit_question", args=[question.pk])

    client.post(address, typed(label="Are you 18?", kind=Kind.TEXT, ineligible_because="Grow.", ineligible_if="yes"))
    added = add(client, round)
    moved = client.post(reverse("coordinate:move_question", args=[question.pk]), {"down": "yes"}, follow=True)
    removed = client.post(reverse("coordinate:remove_question", args=[question.pk]), follow=True)

    question.refresh_from_db()
    assert (question.label, question.ineligible_because) == ("Are you 18?", "Grow.")
    assert (question.kind, question.ineligible_if, question.key) == (Kind.YES_NO, "no", "of_age")
    assert ["only the wording" in page.text for page in (added, moved, removed)] == [True, True, True]


@pytest.mark.parametrize(
    "change", [{"ineligible_if": "yes"}, {"is_required": False}, {"section": "Elsewhere"}], ids=str
)
def test_whoever_asks_what_is_asked_stays_while_people_apply(change):
    question, coordinator = make.round(Phase.OPEN).questions.get(key="of_age"), make.program_coordinator()

    with pytest.raises(Refused, match="only the wording"):
        actions.edit_question(question=question, by=coordinator, at=timezone.now(), **change)

    assert Question.objects.get(pk=question.pk).ineligible_if == "no"
    assert not Event.objects.exists()


def test_the_kind_of_an_answered_question_stays(client):
    round = make.round(Phase.PLANNED)
    make.initial_application(round=round, status=InitialApplication.Status.DRAFT, draft={"gsoc": "no"})
    question = round.questions.get(key="gsoc")
    coordinator(client)

    page = client.post(reverse("coordinate:edit_question", args=[question.pk]), typed(kind=Kind.TEXT))

    question.refresh_from_db()
    assert "what it takes for an answer stays" in page.text
    assert question.kind == Kind.YES_NO


def test_the_preview_shows_what_applicants_are_asked(client):
    round = make.round(Phase.PLANNED)
    coordinator(client)

    page = client.get(reverse("coordinate:questions", args=[round.slug, "initial"]))

    steps = [(step.title, [question.key for question in step.questions]) for step, _ in page.context["preview"]]
    assert steps == [
        ("Can you take part?", ["of_age", "took_part", "may_work"]),
        ("Your time", ["commitments", "gsoc"]),
        ("About you", ["experience", "publish_name"]),
    ]


def test_questions_of_one_section_stand_on_one_page_wherever_they_were_added(client):
    round = make.round(Phase.PLANNED)
    coordinator(client)

    add(client, round, section="Can you take part?")

    page = client.get(reverse("coordinate:questions", args=[round.slug, "initial"]))
    assert [len(step.questions) for step, _ in page.context["preview"]] == [4, 2, 2]


def test_a_questions_help_is_never_read_as_html(client):
    round = make.round(Phase.PLANNED)
    coordinator(client)

    add(client, round, help_text="<script>alert(1)</script>")
    page = client.get(reverse("coordinate:questions", args=[round.slug, "initial"]))

    assert "<script>alert" not in page.text
