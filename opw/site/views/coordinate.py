"""The coordinator's own page, and planning a round."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions import plan_round
from mentors.candidates import participations_run_by
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds import permissions
from opw.rounds.actions import take_part
from opw.rounds.forms import ParticipationForm, RoundForm
from opw.rounds.models import Round
from opw.rounds.requests import current_round
from opw.rounds.schedules import schedule_from
from opw.site.context import Reader
from opw.site.coordinating import coordinating
from projects.models import Mentorship


@require_safe
def coordinate(request: AuthedRequest) -> HttpResponse:
    require(Reader(request.user).coordinates)
    now, round, search = request.received_at, current_round(request), request.GET.get("q", "")
    participations = list(participations_run_by(request.user, round))
    context = {
        "round": round,
        "search": search,
        "stands": coordinating(request.user, round, participations, now, search) if round else None,
        "upcoming": Round.objects.filter(published_at__gt=now) if request.user.is_staff else [],
        "form": ParticipationForm(),
        "offers": Mentorship.objects.to_confirm(request.user),
    }
    return render(request, "site/coordinate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: AuthedRequest) -> HttpResponse:
    require(permissions.may_run_rounds(request.user))
    last = Round.objects.order_by("-published_at").first()
    form = RoundForm(request.POST or None, initial=schedule_from(timezone.now().date(), last))
    if request.method == "POST" and form.is_valid():
        round = plan_round(round=form.save(commit=False), by=request.user)
        messages.success(request, f"{round} is planned, with the questions of the last round.")
        return redirect("rounds:schedule", round.slug)
    return render(request, "site/new_round.html", {"form": form, "last": last})


@require_POST
def add_participation(request: AuthedRequest, slug: str) -> HttpResponse:
    require(permissions.may_run_rounds(request.user))
    round = get_object_or_404(Round, slug=slug)
    form = ParticipationForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("Choose a community, and say how many slots it funds: 0 to 100.")
        participation = take_part(round=round, by=request.user, **form.cleaned_data)
        messages.success(request, f"{participation.community} takes part in {round}.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("site:coordinate")
