"""The roof: home, dashboard, the coordinator's page, and whether the portal is well."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.standing import standing_of
from mentors import tables
from opw.access import require
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.rounds.models import Participation, Round
from opw.site import health
from opw.site.context import Reader
from projects.models import Listing, Project


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    round = Round.objects.current(now)
    context = {
        "round": round,
        "phase": round.phase(now) if round else None,
        "listings": Listing.objects.of_round(round).count() if round else 0,
        "communities": Participation.objects.filter(round=round).count() if round else 0,
        "unreviewed": Project.objects.unreviewed().count(),
        "standing": standing_of(request.user, round, now=now) if round and isinstance(request.user, User) else None,
    }
    return render(request, "site/home.html", context)


@require_safe
def dashboard(request: AuthedRequest) -> HttpResponse:
    now = timezone.now()
    round = Round.objects.current(now)
    context = {
        "round": round,
        "standing": standing_of(request.user, round, now=now) if round else None,
        "listings": tables.mentored_listings(request.user, round),
        "proposals": Project.objects.filter(proposed_by=request.user).select_related("community").order_by("-pk"),
    }
    return render(request, "site/dashboard.html", context)


@require_safe
def coordinate(request: AuthedRequest) -> HttpResponse:
    require(Reader(request.user).coordinates)
    round = Round.objects.current(timezone.now())
    participations = Participation.objects.filter(round=round).select_related("community", "round")
    if not request.user.is_staff:
        participations = participations.filter(community__coordinators=request.user)
    return render(request, "site/coordinate.html", {"round": round, "participations": participations})


@login_not_required
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    return render(request, "site/how_it_works.html")


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    signs = health.signs_of_life(timezone.now())
    return JsonResponse(
        {name: "ok" if well else "not ok" for name, well in signs.items()}, status=200 if all(signs.values()) else 503
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from this site, or from a page that was open for too long."""
    return render(request, "403_csrf.html", status=403)
