"""Writing an application. Every save is a plain form post."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications import actions
from applications.forms import AnswersForm, StepForm
from applications.models import Application, InitialApplication
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Deadline, deadline_for
from projects.models import Listing

READ_OR_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_WRITE)
def write(request: AuthedRequest, listing: int) -> HttpResponse:
    found = get_object_or_404(Listing.objects.published(request.received_at).with_round(), pk=listing)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        return _keep(request, found, form)
    return _ask(request, found, form)


@require_POST
def autosave(request: AuthedRequest, listing: int) -> JsonResponse:
    found = get_object_or_404(Listing.objects.published(request.received_at).with_round(), pk=listing)
    return autosaved(request, _form(request, found), partial(actions.save_application, listing=found))


def autosaved(
    request: AuthedRequest, form: AnswersForm | StepForm, save: Callable[..., Application | InitialApplication]
) -> JsonResponse:
    """Save as a draft what static/autosave.js sent, and tell it how that went."""
    if not form.is_valid():
        wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"message": wrong}, status=400)
    try:
        kept = save(by=request.user, answers=form.answers, received_at=request.received_at, **form.seen)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=409 if isinstance(refusal, actions.Stale) else 400)
    return JsonResponse({"version": kept.draft_version, "saved_at": kept.draft_saved_at})


def _keep(request: AuthedRequest, listing: Listing, form: AnswersForm) -> HttpResponse:
    """Keep what was typed, and submit it if she says so; nothing typed is lost on any way out."""
    typed, submits = _typed(request, listing, form), "submit" in request.POST
    strict = form.continued_from(typed["seen_version"], submitting=submits)
    act = actions.submit_application if submits and strict.is_valid() else actions.save_application
    try:
        kept = act(**typed)
    except actions.Stale as stale:
        again = form.continued_from(stale.version)
        again.add_error(None, str(stale))
        return _ask(request, listing, again, stored=stale.stored)
    except Refused as refusal:
        return _ask(request, listing, _refused(request, listing, form, str(refusal)))
    if strict.is_valid():
        messages.success(request, "Submitted." if submits else "Saved as a draft.")
        return redirect("applications:home")
    messages.warning(request, "Not submitted yet. Your text is saved as a draft; what to mend stands below.")
    return _ask(request, listing, form.continued_from(kept.draft_version, submitting=True))


def _refused(request: AuthedRequest, listing: Listing, form: AnswersForm, because: str) -> AnswersForm:
    """The form again, with why; it goes on from the draft when that was kept."""
    kept = Application.objects.of(request.user).filter(listing=listing).first()
    seen = form.cleaned_data["version"]
    again = form.continued_from(kept.draft_version if kept and kept.is_same_draft(form.answers) else seen)
    again.add_error(None, because)
    return again


def _ask(
    request: AuthedRequest, listing: Listing, form: AnswersForm, stored: dict[str, str] | None = None
) -> HttpResponse:
    context = {
        "listing": listing,
        "application": Application.objects.of(request.user).filter(listing=listing).first(),
        "form": form,
        "versions": form.beside(stored) if stored is not None else None,
        "closes_at": deadline_for(Deadline.APPLICATIONS, listing.round, listing.community, request.user),
    }
    return render(request, "applications/write.html", context)


def _form(request: AuthedRequest, listing: Listing) -> AnswersForm:
    """What she sent; or what she wrote, to go on with."""
    if request.method == "POST":
        return AnswersForm(request.POST, round=listing.round, written=None)
    written = Application.objects.of(request.user).filter(listing=listing).first()
    return AnswersForm(None, round=listing.round, written=written)


def _typed(request: AuthedRequest, listing: Listing, form: AnswersForm) -> dict[str, Any]:
    """What an action needs to keep what she typed."""
    return {
        "listing": listing, "by": request.user, "answers": form.answers, "received_at": request.received_at, **form.seen
    }  # fmt: skip
