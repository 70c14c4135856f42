"""For whoever offers projects in a round: listing one, closing it to newcomers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.requests import current_round
from projects import actions, permissions
from projects.forms import ListingForm
from projects.models import Listing
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


@require_POST
def close_to_newcomers(request: AuthedRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.live().with_round(), pk=pk)
    require(permissions.may_close_to_newcomers(request.user, listing))
    closed = request.POST.get("closed") == "yes"
    actions.close_to_newcomers(listing=listing, by=request.user, closed=closed)
    messages.success(request, "Closed to newcomers." if closed else "Open to newcomers again.")
    return redirect(listing.project)
