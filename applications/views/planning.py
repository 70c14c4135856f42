"""A round's schedule: what a change of it moves, and the change."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications import actions
from applications.moving import moves
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds import permissions
from opw.rounds.forms import ScheduleForm
from opw.rounds.models import Round
from opw.rounds.schedules import changes_between, cut_short, without_effect


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: AuthedRequest, round: str) -> HttpResponse:
    require(permissions.may_run_rounds(request.user))
    found = get_object_or_404(Round, slug=round)
    form = ScheduleForm(request.POST or None, instance=Round.objects.get(pk=found.pk))
    context: dict[str, object] = {"round": found, "form": form}
    if request.method == "POST" and form.is_valid():
        if "confirm" not in request.POST:
            return render(request, "applications/schedule.html", context | _preview(found, form, request.received_at))
        try:
            actions.reschedule(round=found, by=request.user, **form.cleaned_data)
            messages.success(request, "The schedule is saved.")
            return redirect("coordinate:schedule", found.slug)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "applications/schedule.html", context)


def _preview(stored: Round, form: ScheduleForm, now: datetime) -> dict[str, object]:
    """What a new schedule would move, and the same schedule once more, to be confirmed as it was shown."""
    proposed = form.instance
    return {
        "proposed": proposed,
        "confirmed": ScheduleForm(form.data, instance=proposed, auto_id=False),
        "changes": changes_between(stored, proposed),
        "moves": [line for line in moves(stored, proposed, now) if line.number],
        "without_effect": without_effect(proposed),
        "cut_short": cut_short(proposed),
    }
