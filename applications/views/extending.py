"""More time for applicants: what is in force in a round, giving it and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications import actions, permissions
from applications.forms import ExtensionForm
from opw.access import require
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Extension, Round


@require_http_methods(["GET", "HEAD", "POST"])
def extensions(request: AuthedRequest, round: str) -> HttpResponse:
    require(permissions.may_extend_somewhere(request.user))
    found = get_object_or_404(Round, slug=round)
    form = ExtensionForm(request.POST or None, round=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_more_time(round=found, by=request.user, at=request.received_at, **form.cleaned_data)
            messages.success(request, "More time is given; reminders and calendars follow it.")
            return redirect("coordinate:extensions", found.slug)
        except Refused as refusal:
            form.add_error("until_at", str(refusal))
    return render(
        request, "applications/extensions.html", {"round": found, "form": form, **_given(found, request.user)}
    )


@require_POST
def revoke(request: AuthedRequest, pk: int) -> HttpResponse:
    require(permissions.may_extend_somewhere(request.user))
    revocable = Extension.objects.filter(permissions.extensions_revoked_by(request.user))
    found = get_object_or_404(revocable.select_related("round"), pk=pk)
    try:
        actions.take_time_back(extension=found, by=request.user, at=request.received_at)
        messages.success(request, "Taken back. What was submitted in that time stays.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("coordinate:extensions", found.round.slug)


def _given(round: Round, reader: User) -> dict[str, object]:
    """The extensions she sees, and those she may take back."""
    given = round.extensions.select_related("community", "person", "granted_by")
    return {
        "given": given.filter(permissions.extensions_seen_by(reader)),
        "revocable": set(round.extensions.filter(permissions.extensions_revoked_by(reader))),
    }
