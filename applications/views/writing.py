"""Writing an application. Every save is a plain form post."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications import actions
from applications.forms import AnswersForm
from applications.models import Application, Question, Written
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Deadline, Round, deadline_for
from projects.models import Listing

READ_OR_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_WRITE)
def write(request: AuthedRequest, listing: int) -> HttpResponse:
    found = get_object_or_404(Listing.objects.published(request.received_at).with_round(), pk=listing)
    stored = Application.objects.of(request.user).filter(listing=found)
    written = stored.first()
    form = _answers_form(request, found.round, Question.Form.APPLICATION, written)
    closes_at = deadline_for(Deadline.APPLICATIONS, found.round, found.community, request.user)
    context: dict[str, object] = {"listing": found, "application": written, "form": form, "closes_at": closes_at}
    act = actions.submit_application if form.submitting else actions.save_application
    return _write(request, form, partial(act, listing=found), stored, "applications/write.html", context)


@require_POST
def autosave(request: AuthedRequest, listing: int) -> JsonResponse:
    found = get_object_or_404(Listing.objects.published(request.received_at).with_round(), pk=listing)
    form = _answers_form(request, found.round, Question.Form.APPLICATION, None)
    return _autosave(request, form, partial(actions.save_application, listing=found))


def _write(
    request: AuthedRequest,
    form: AnswersForm,
    keep: Callable[..., Written],
    stored: QuerySet[Any],
    template: str,
    context: dict[str, object],
) -> HttpResponse:
    """Show a form of answers, or keep what was typed in it; nothing typed is lost on any way out."""
    if request.method == "POST" and form.is_valid():
        try:
            keep(by=request.user, answers=form.answers, received_at=request.received_at, **form.seen)
            messages.success(request, "Submitted." if form.submitting else "Saved as a draft.")
            return redirect("applications:home")
        except actions.Stale as stale:
            form.add_error(None, str(stale))
            form.continue_from(stale.version)
            context["stored"] = [(question.label, stale.stored.get(question.key, "")) for question in form.questions]
        except Refused as refusal:
            form.add_error(None, str(refusal))
            if (kept := stored.first()) and kept.is_same_draft(form.answers):
                form.continue_from(kept.draft_version)
    return render(request, template, context)


def _autosave(request: AuthedRequest, form: AnswersForm, keep: Callable[..., Written]) -> JsonResponse:
    """Keep as a draft what static/autosave.js sends, and tell it how that went."""
    if not form.is_valid():
        wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"message": wrong}, status=400)
    try:
        written = keep(by=request.user, answers=form.answers, received_at=request.received_at, **form.seen)
    except actions.Stale as stale:
        return JsonResponse({"message": str(stale)}, status=409)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=400)
    return JsonResponse({"version": written.draft_version, "saved_at": written.draft_saved_at})


def _answers_form(request: AuthedRequest, round: Round, form: Question.Form, written: Written | None) -> AnswersForm:
    data = request.POST.copy() if request.method == "POST" else None
    return AnswersForm(data, round=round, form=form, written=written, submitting="submit" in request.POST)
