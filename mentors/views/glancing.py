"""The round at a glance, for coordinators: the whole of it, or their communities' part."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentors import candidates, permissions
from mentors.funnel import Funnel, as_csv, funnel_of_communities, funnel_of_projects
from mentors.over_time import over_time
from opw.accounts.requests import AuthedRequest
from opw.rounds.models import Deadlines, Participation, Round
from opw.rounds.requests import round_of
from projects.models import Listing


@require_safe
def glance(request: AuthedRequest, slug: str) -> HttpResponse:
    round, everywhere = seen_round(request, slug)
    here = _narrowed(request, everywhere)
    selections = list(candidates.selections_seen_by(request.user, here))
    context = {
        "round": round,
        "everywhere": everywhere,
        "community": here[0].community if len(here) == 1 else None,
        "funnel": _funnel(request, round, here),
        "over_time": over_time(request.user, here, Deadlines(round), request.received_at),
        "slots": candidates.slots_of(here, selections),
        "wanted_twice": candidates.wanted_twice(selections),
        "without_candidate": candidates.without_candidate(request.user, round, here, request.received_at),
    }
    return render(request, "mentors/glance.html", context)


@require_safe
def funnel_csv(request: AuthedRequest, slug: str) -> HttpResponse:
    round, everywhere = seen_round(request, slug)
    funnel = funnel_of_projects(request.user, round, _listings(_narrowed(request, everywhere)))
    response = HttpResponse(as_csv(funnel), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{round.slug}-funnel.csv"'
    return response


def seen_round(request: AuthedRequest, slug: str) -> tuple[Round, list[Participation]]:
    """A round, and the communities that this coordinator runs in it; 404 for who runs none, or applies."""
    round = round_of(request, slug)
    participations = list(candidates.participations_run_by(request.user, round))
    if not permissions.may_see_at_a_glance(request.user, round, participations):
        raise Http404
    return round, participations


def _narrowed(request: AuthedRequest, participations: list[Participation]) -> list[Participation]:
    """Those that the address asks for."""
    asked = request.GET.get("community")
    if not asked:
        return participations
    found = [one for one in participations if one.community.slug == asked]
    if not found:
        raise Http404
    return found


def _funnel(request: AuthedRequest, round: Round, participations: list[Participation]) -> Funnel:
    whole = request.user.is_staff and "community" not in request.GET
    if len(participations) == 1:
        return funnel_of_projects(request.user, round, _listings(participations), whole=whole)
    return funnel_of_communities(request.user, round, participations, whole=whole)


def _listings(participations: list[Participation]) -> list[Listing]:
    listings = Listing.objects.live().filter(participation__in=participations)
    shown = listings.select_related("project", "participation__community")
    return list(shown.only("project__title", "participation__community__name"))
