"""The rounds, for everybody, and a round's calendar."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from opw.rounds.calendar import calendar_of
from opw.rounds.models import Round


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
