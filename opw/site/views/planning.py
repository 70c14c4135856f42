"""Planning a round: its schedule, the communities that take part, and where the rest of it is done."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.actions import plan_round
from mentors.permissions import may_seal
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.actions import take_part
from opw.rounds.forms import ParticipationForm, RoundForm
from opw.rounds.models import Participation, Round
from opw.rounds.permissions import may_run_rounds
from opw.rounds.requests import round_of
from opw.rounds.schedules import begins_after, lines_of, schedule_from
from opw.site.participating import taking_part_in
from projects.actions import end_participation


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: AuthedRequest) -> HttpResponse:
    require(may_run_rounds(request.user))
    last = Round.objects.first()
    begins_on = begins_after(last, request.received_at.date())
    form = RoundForm(request.POST or None, initial=schedule_from(begins_on, last))
    if request.method == "POST" and form.is_valid() and "confirm" in request.POST:
        try:
            planned = plan_round(round=form.instance, by=request.user)
            messages.success(request, f"{planned} is planned. Nothing of it is public before its publication.")
            return redirect("site:round", planned.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "last": last, "begins_on": begins_on}
    return render(request, "site/new_round.html", context | _preview(form, last, request.received_at))


@require_safe
def round(request: AuthedRequest, slug: str) -> HttpResponse:
    require(may_run_rounds(request.user))
    found = round_of(request, slug)
    decides = may_seal(request.user, found)
    phase = found.phase(request.received_at)
    return render(request, "site/round.html", {"round": found, "phase": phase, "decides": decides})


@require_http_methods(["GET", "HEAD", "POST"])
def participations(request: AuthedRequest, slug: str) -> HttpResponse:
    require(may_run_rounds(request.user))
    found = round_of(request, slug)
    form = ParticipationForm(request.POST or None, round=found)
    if request.method == "POST" and form.is_valid():
        try:
            added = take_part(round=found, by=request.user, **form.cleaned_data)
            messages.success(request, f"{added.community} takes part in {found}.")
            return redirect("site:participations", found.slug)
        except Refused as refusal:
            form.add_error("community", str(refusal))
    context = {"round": found, "form": form, "participations": taking_part_in(found)}
    context["decides"] = may_seal(request.user, found)
    return render(request, "site/participations.html", context)


@require_POST
def end(request: AuthedRequest, pk: int) -> HttpResponse:
    require(may_run_rounds(request.user))
    found = get_object_or_404(Participation.objects.select_related("community", "round"), pk=pk)
    try:
        end_participation(participation=found, by=request.user)
        messages.success(request, f"{found.community} takes no part in {found.round} now.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("site:participations", found.round.slug)


def _preview(form: RoundForm, last: Round | None, now: datetime) -> dict[str, object]:
    """The round as it would be, what it takes over, and the same form once more, to be confirmed as it was shown."""
    if not form.is_valid():
        return {}
    return {
        "planned": form.instance,
        "lines": lines_of(form.instance, now),
        "questions": last.questions.count() if last else 0,
        "texts": last.letter_texts.count() if last else 0,
        "confirmed": RoundForm(form.data, instance=form.instance, auto_id=False),
    }
