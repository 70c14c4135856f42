"""The roof: home, the dashboard, and how it all works."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from applications.standing import standing_of
from mentors.what_waits import what_waits_for
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.rounds.models import Participation
from opw.rounds.requests import current_deadlines, current_round
from opw.site.asked import asked_of
from opw.site.context import Reader
from projects.models import Listing, Project
from projects.waiting import waiting_for


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    round, deadlines = current_round(request), current_deadlines(request)
    reader = request.user if isinstance(request.user, User) else None
    context = {
        "round": round,
        "phase": round.phase(now) if round else None,
        "listings": Listing.objects.of_round(round).count() if round else 0,
        "communities": Participation.objects.filter(round=round).count() if round else 0,
        "unreviewed": Project.objects.unreviewed().count(),
        "standing": standing_of(reader, deadlines, now=now) if deadlines and reader else None,
    }
    return render(request, "site/home.html", context)


@require_safe
def dashboard(request: AuthedRequest) -> HttpResponse:
    now = timezone.now()
    round, deadlines = current_round(request), current_deadlines(request)
    reader, standing = Reader(request.user), standing_of(request.user, deadlines, now=now) if deadlines else None
    context = {
        "round": round,
        "standing": standing,
        "shows_standing": standing and (standing.has_begun or not (reader.mentors or reader.coordinates)),
        "what_waits": what_waits_for(request.user, round, now),
        "asked": asked_of(request.user, now),
        "waiting": waiting_for(request.user).count(),
        "proposals": Project.objects.filter(proposed_by=request.user).select_related("community").order_by("-pk"),
    }
    return render(request, "site/dashboard.html", context)


@login_not_required
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    return render(request, "site/how_it_works.html")
