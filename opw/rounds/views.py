"""The rounds, for everybody, and a round's calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds import actions, permissions
from opw.rounds.calendar import calendar_of
from opw.rounds.forms import ScheduleForm
from opw.rounds.models import Round
from opw.rounds.schedules import changes_between, cut_short, without_effect


@login_not_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = [(round, round.phase(now)) for round in Round.objects.published(now)]
    return render(request, "rounds/list.html", {"rounds": found})


@login_not_required
@require_safe
def round(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(Round.objects.published(now), slug=slug)
    participations = found.participations.select_related("community")
    return render(
        request, "rounds/detail.html", {"round": found, "phase": found.phase(now), "participations": participations}
    )


@login_not_required
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Round.objects.published(timezone.now()), slug=slug)
    return HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: AuthedRequest, slug: str) -> HttpResponse:
    require(permissions.may_run_rounds(request.user))
    found = get_object_or_404(Round, slug=slug)
    form = ScheduleForm(request.POST or None, instance=Round.objects.get(pk=found.pk))
    context: dict[str, object] = {"round": found, "form": form}
    if request.method == "POST" and form.is_valid():
        if "confirm" not in request.POST:
            return render(request, "rounds/schedule.html", context | _preview(found, form))
        try:
            actions.reschedule(round=found, by=request.user, **form.cleaned_data)
            messages.success(request, "The schedule is saved.")
            return redirect("rounds:schedule", found.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "rounds/schedule.html", context)


def _preview(stored: Round, form: ScheduleForm) -> dict[str, object]:
    """What a new schedule would move, and the same schedule once more, to be confirmed as it was shown."""
    proposed = form.instance
    return {
        "proposed": proposed,
        "confirmed": ScheduleForm(form.data, instance=proposed, auto_id=False),
        "changes": changes_between(stored, proposed),
        "without_effect": without_effect(proposed),
        "cut_short": cut_short(proposed),
    }
