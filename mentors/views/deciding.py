"""Coordinators decide: slots, the waiting list, the rest."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from applications.models import Application
from mentors import actions, permissions, tables
from mentors.forms import OptionalReasonForm, ReasonForm
from mentors.models import Selection
from mentors.views.reviewing import visible_application
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Participation
from projects.models import Listing


@require_safe
def selections(request: AuthedRequest, pk: int) -> HttpResponse:
    participation = get_object_or_404(Participation.objects.select_related("round", "community"), pk=pk)
    if not permissions.may_see_selections(request.user, participation):
        raise Http404
    table = tables.participation_table(participation, request.user)
    return render(request, "mentors/selections.html", {"table": table, "reason_form": ReasonForm()})


@require_POST
def confirm(request: AuthedRequest, pk: int) -> HttpResponse:
    selection = _visible_selection(request, pk)
    require(permissions.may_confirm(request.user, selection))
    try:
        actions.confirm_selection(selection=selection, by=request.user, at=request.received_at)
        messages.success(
            request, f"{selection.application.applicant} has a slot. Nobody is told before the announcement."
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:selections", selection.application.listing.participation_id)


@require_POST
def withdraw_selection(request: AuthedRequest, pk: int) -> HttpResponse:
    selection = _visible_selection(request, pk)
    require(permissions.may_withdraw_selection(request.user, selection))
    try:
        actions.withdraw_selection(selection=selection, by=request.user, reason=request.POST.get("reason", ""))
        messages.success(request, "Taken back.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:selections", selection.application.listing.participation_id)


@require_POST
def wait(request: AuthedRequest, pk: int) -> HttpResponse:
    application = visible_application(request, pk)
    require(permissions.may_decide(request.user, application))
    form = OptionalReasonForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("Keep the reason under 500 characters.")
        actions.put_on_waiting_list(application=application, by=request.user, **form.cleaned_data)
        messages.success(request, f"{application.applicant} is on the waiting list.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:selections", application.listing.participation_id)


@require_POST
def decline_rest(request: AuthedRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.with_round(), pk=pk)
    require(permissions.may_decide_rest(request.user, listing))
    try:
        actions.decline_rest(listing=listing, by=request.user)
        messages.success(request, f"The other applicants for {listing.project} are not accepted.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:selections", listing.participation_id)


def _visible_selection(request: AuthedRequest, pk: int) -> Selection:
    visible = Application.objects.on_the_table_of(request.user)
    selections = Selection.objects.filter(application__in=visible).select_related(
        "application__applicant", "application__listing__project__community",
        "application__listing__participation__round", "application__listing__participation__community",
    )  # fmt: skip
    return get_object_or_404(selections, pk=pk)
