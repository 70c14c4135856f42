"""The initial application: one page for each step, and one that shows all of it and submits."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications import actions
from applications.forms import StepForm
from applications.models import InitialApplication
from applications.steps import (
    Step,
    availability_in,
    commitments_of,
    doubts_about,
    read_answers,
    reasons_against,
    steps_of,
    written_in,
)  # fmt: skip
from applications.views.writing import autosaved
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Deadline, Deadlines, Round

READ_OR_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_WRITE)
def overview(request: AuthedRequest, round: str) -> HttpResponse:
    found = _published(request, round)
    initial = _hers(request, found)
    answers = written_in(initial)
    steps = steps_of(found, answers)
    if request.method == "POST":
        return _submit(request, found, initial, steps)
    questions = [question for step in steps for question in step.questions]
    return render(request, "applications/initial.html", {
        "round": found, "initial": initial, "steps": steps, **_deadline(request, found),
        "next": next((step for step in steps if not step.done), None),
        "parts": [(step, read_answers(step.questions, answers)) for step in steps],
        "reasons": reasons_against(questions, answers), "doubts": doubts_about(questions, answers),
        "time": availability_in(found, commitments_of(questions, answers)),
    })  # fmt: skip


@require_http_methods(READ_OR_WRITE)
def step(request: AuthedRequest, round: str, step: int) -> HttpResponse:
    found = _published(request, round)
    initial = _hers(request, found)
    answers = written_in(initial)
    steps = steps_of(found, answers)
    if not 1 <= step <= len(steps):
        raise Http404
    asked = steps[step - 1]
    version = initial.draft_version if initial else 0
    shown = request.method != "POST"  # a page says what is required; what is typed is kept whatever it is
    form = StepForm(request.POST or None, questions=asked.questions, answers=answers, version=version, submitting=shown)
    if request.method == "POST" and form.is_valid():
        return _keep(request, found, steps, asked, form)
    return _ask(request, found, steps, asked, form, answers)


@require_POST
def autosave(request: AuthedRequest, round: str, step: int) -> JsonResponse:
    found = _published(request, round)
    steps = steps_of(found, {})
    if not 1 <= step <= len(steps):
        raise Http404
    form = StepForm(request.POST, questions=steps[step - 1].questions, answers={}, version=0)
    save = partial(actions.save_initial_application, round=found)
    return autosaved(request, form, save)


def _submit(
    request: AuthedRequest, round: Round, initial: InitialApplication | None, steps: list[Step]
) -> HttpResponse:
    """Make what she wrote count, if every step is whole."""
    questions = [question for step in steps for question in step.questions]
    answers, version = written_in(initial), initial.draft_version if initial else 0
    whole = StepForm({**answers, "version": version}, questions=questions, answers={}, version=0, submitting=True)
    here = redirect("applications:initial", round.slug)
    if not whole.is_valid():
        messages.error(request, "Not submitted yet: a step below is not filled in.")
        return here
    try:
        submitted = actions.submit_initial_application(
            round=round, by=request.user, answers=whole.answers, seen_version=version, received_at=request.received_at
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return here
    messages.success(request, "Submitted. You can change it until the deadline.")
    is_welcome = submitted.status == InitialApplication.Status.ELIGIBLE
    return redirect("applications:home") if is_welcome else here


def _keep(request: AuthedRequest, round: Round, steps: list[Step], asked: Step, form: StepForm) -> HttpResponse:
    """Keep a step as a draft, then go on; or stay where something is wrong, missing, or makes her ineligible."""
    try:
        kept = actions.save_initial_application(
            round=round, by=request.user, answers=form.answers, received_at=request.received_at, **form.seen
        )  # fmt: skip
    except actions.Stale as stale:
        form.add_error(None, str(stale))
        form = form.continued_from(stale.version)
        stored = read_answers(asked.questions, stale.stored)
        return _ask(request, round, steps, asked, form, stale.stored, stored=stored)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _ask(request, round, steps, asked, form, {})
    answers = written_in(kept)
    stays = redirect("applications:initial_step", round.slug, asked.number)
    if "more" in request.POST or "remove" in request.POST:
        return stays
    strict = form.continued_from(kept.draft_version, submitting=True)
    if not strict.is_valid():
        return _ask(request, round, steps, asked, strict, answers)
    if reasons_against(asked.questions, answers):
        return stays
    if asked.number == len(steps):
        return redirect("applications:initial", round.slug)
    return redirect("applications:initial_step", round.slug, asked.number + 1)


def _ask(
    request: AuthedRequest,
    round: Round,
    steps: list[Step],
    asked: Step,
    form: StepForm,
    answers: dict[str, Any],
    stored: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "round": round,
        "step": asked,
        "steps": steps,
        "form": form,
        "stored": stored,
        **_deadline(request, round),
    }
    context["reasons"] = reasons_against(asked.questions, answers)
    if asked.asks_for_commitments:
        context["time"] = availability_in(round, commitments_of(asked.questions, answers))
    return render(request, "applications/initial_step.html", context)


def _published(request: AuthedRequest, slug: str) -> Round:
    return get_object_or_404(Round.objects.published(request.received_at), slug=slug)


def _hers(request: AuthedRequest, round: Round) -> InitialApplication | None:
    return InitialApplication.objects.filter(applicant=request.user, round=round).first()


def _deadline(request: AuthedRequest, round: Round) -> dict[str, Any]:
    closes_at = Deadlines(round).anywhere(Deadline.APPLICATIONS, request.user)
    return {"closes_at": closes_at, "is_open": round.applications_open_at <= request.received_at < closes_at}
