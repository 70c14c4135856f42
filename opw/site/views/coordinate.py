"""The coordinator's own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentors.candidates import participations_run_by
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.rounds.models import Round
from opw.rounds.requests import current_round
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
        "others": [one for one in Round.objects.all() if one != round] if request.user.is_staff else [],
        "now": now,
        "offers": Mentorship.objects.to_confirm(request.user),
    }
    return render(request, "site/coordinate.html", context)
