"""Program coordinators settle who keeps an applicant whom several projects want."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import InitialApplication
from mentors import actions, permissions
from mentors.conflicts import choices_for, conflicts_in
from mentors.forms import SettleForm
from mentors.models import Seal, Selection
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.requests import round_of


@require_safe
def conflicts(request: AuthedRequest, slug: str) -> HttpResponse:
    round = round_of(request, slug)
    require(permissions.may_settle(request.user, round))
    found = conflicts_in(round, request.user)
    return render(request, "mentors/conflicts.html", {"round": round, "conflicts": found})


@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: AuthedRequest, pk: int) -> HttpResponse:
    readable = InitialApplication.objects.read_by(request.user).select_related("applicant", "round")
    initial = get_object_or_404(readable, pk=pk)
    require(permissions.may_settle(request.user, initial.round))
    wanted = Selection.objects.live().filter(initial_application=initial)
    form = SettleForm(request.POST or None, wanted=wanted, sealed=Seal.objects.stands_on(initial.round))
    if request.method == "POST" and form.is_valid():
        try:
            return _settle(request, form.answers, initial)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"initial": initial, "choices": choices_for(initial, request.user), "form": form}
    return render(request, "mentors/conflict.html", context)


def _settle(request: AuthedRequest, answers: dict[str, Any], initial: InitialApplication) -> HttpResponse:
    why_not = actions.settle_conflict(**answers, by=request.user, at=request.received_at)
    if why_not:
        messages.warning(request, f"Settled, but {initial.applicant} has no slot yet. {why_not}")
    else:
        messages.success(request, f"Settled: {initial.applicant} has a slot. Nobody is told before the announcement.")
    return redirect("mentors:selections", answers["keep"].application.listing.participation_id)
