"""A round's questions, for program coordinators: as they are asked, and as they can be changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import actions
from applications.forms import QuestionForm, StepForm
from applications.models import Question
from applications.steps import steps_of
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Round
from opw.rounds.permissions import may_run_rounds

READ_OR_WRITE = ["GET", "HEAD", "POST"]


@require_safe
def questions(request: AuthedRequest, round: str, form: str) -> HttpResponse:
    require(may_run_rounds(request.user))
    found = _round(round, form)
    steps = steps_of(found, {}, form=form)
    preview = [
        (step, StepForm(None, questions=step.questions, answers={}, version=0, submitting=True)) for step in steps
    ]
    context = {"round": found, "form_of": Question.Form(form), "forms": Question.Form, "preview": preview}
    context["is_open"] = request.received_at >= found.applications_open_at
    return render(request, "applications/questions.html", context)


@require_http_methods(READ_OR_WRITE)
def add(request: AuthedRequest, round: str, form: str) -> HttpResponse:
    require(may_run_rounds(request.user))
    question = Question(round=_round(round, form), form=form)
    typed = QuestionForm(request.POST or None, instance=question, only_wording=False)
    if request.method == "POST" and typed.is_valid():
        try:
            actions.add_question(question=typed.instance, by=request.user, at=request.received_at)
            messages.success(request, "Added, after the others.")
            return _back(question)
        except Refused as refusal:
            typed.add_error(None, str(refusal))
    return render(request, "applications/question.html", {"question": question, "form": typed})


@require_http_methods(READ_OR_WRITE)
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    require(may_run_rounds(request.user))
    question = get_object_or_404(Question.objects.select_related("round"), pk=pk)
    is_open = request.received_at >= question.round.applications_open_at
    form = QuestionForm(request.POST or None, instance=question, only_wording=is_open)
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_question(question=question, by=request.user, at=request.received_at, **form.cleaned_data)
            messages.success(request, "Saved.")
            return _back(question)
        except Refused as refusal:
            form.refuse(refusal)
    context = {"question": question, "form": form, "is_open": is_open}
    return render(request, "applications/question.html", context)


@require_POST
def remove(request: AuthedRequest, pk: int) -> HttpResponse:
    return _deed(request, pk, actions.remove_question, "Removed.")


@require_POST
def move(request: AuthedRequest, pk: int) -> HttpResponse:
    return _deed(request, pk, actions.move_question, "Moved.", up="up" in request.POST)


def _blank(questions: list[Question]) -> StepForm:
    return StepForm(None, questions=questions, answers={}, version=0, submitting=True)


def _deed(request: AuthedRequest, pk: int, deed: Any, done: str, **facts: Any) -> HttpResponse:
    require(may_run_rounds(request.user))
    question = get_object_or_404(Question, pk=pk)
    try:
        deed(question=question, by=request.user, at=request.received_at, **facts)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back(question)


def _back(question: Question) -> HttpResponse:
    return redirect("coordinate:questions", question.round.slug, question.form)


def _round(slug: str, form: str) -> Round:
    if form not in Question.Form.values:
        raise Http404
    return get_object_or_404(Round, slug=slug)
