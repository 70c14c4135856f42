"""For whoever offers projects in a round: listing one, carrying over those of earlier rounds, closing to newcomers."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Participation
from opw.rounds.requests import current_round
from projects import actions, offering, permissions
from projects.forms import CarryOverForm, ListingForm
from projects.models import Listing, Project
from projects.views.writing import visible_project


@require_POST
def list_in_round(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_list(request.user, project))
    form = ListingForm(request.POST)
    round = current_round(request)
    try:
        if round is None or not form.is_valid():
            raise Refused("Say how many interns are wanted, from 1 to 20." if round else "No round is published.")
        actions.list_project(project=project, round=round, by=request.user, **form.cleaned_data)
        messages.success(request, f"Listed in {round}.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: AuthedRequest, pk: int) -> HttpResponse:
    participation = get_object_or_404(Participation.objects.select_related("round", "community"), pk=pk)
    require(permissions.may_offer(request.user, participation))
    if request.method == "POST":
        return _carry_over(request, participation)
    found = offering.offering_of(participation, request.received_at.date())
    return render(request, "projects/offer.html", {"participation": participation, "offering": found})


@require_POST
def close_to_newcomers(request: AuthedRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.live().with_round(), pk=pk)
    require(permissions.may_close_to_newcomers(request.user, listing))
    closed = request.POST.get("closed") == "yes"
    actions.close_to_newcomers(listing=listing, by=request.user, closed=closed)
    messages.success(request, "Closed to newcomers." if closed else "Open to newcomers again.")
    return redirect(listing.project)


def _carry_over(request: AuthedRequest, participation: Participation) -> HttpResponse:
    """Offer what was chosen, and say how many projects that were."""
    form = CarryOverForm(request.POST, offerable=offering.offerable_in(participation))
    try:
        if not form.is_valid():
            raise Refused("Somebody else changed this list meanwhile. Please look at it again.")
        if not any(form.cleaned_data.values()):
            raise Refused("Choose at least one project.")
        actions.carry_over(participation=participation, by=request.user, **form.cleaned_data)
        messages.success(request, _done(**form.cleaned_data))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:offer", participation.pk)


def _done(projects: Collection[Project], verified: Collection[Project]) -> str:
    said = [(len(projects), "offered"), (len(verified), "verified today")]
    parts = [f"{number} project{'s are' if number > 1 else ' is'} {deed}" for number, deed in said if number]
    return f"{' and '.join(parts)}."
