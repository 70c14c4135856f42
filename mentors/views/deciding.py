"""Coordinators decide: slots, the waiting list, the rest, the seal and its rehearsal."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from applications.models import Application
from mentors import actions, emails, permissions, results, tables
from mentors.forms import OptionalReasonForm, ReasonForm
from mentors.models import Seal, Selection
from mentors.views.reviewing import visible_application
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.mail.compose import compose
from opw.rounds.models import Participation, Round
from opw.rounds.requests import round_of
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


@require_safe
def rehearsal(request: AuthedRequest, slug: str) -> HttpResponse:
    round = round_of(request, slug)
    require(permissions.may_seal(request.user, round))
    decided = results.decided_for(request.user, round)
    applications = Application.objects.with_listing().in_bulk([result.application for result in decided])
    problems = results.problems_with(round, request.user)
    context = {
        "round": round,
        "problems": problems,
        "can_be_sealed": not problems and not round.is_released and round.selection_closes_at <= request.received_at,
        "seal": Seal.objects.filter(round=round).select_related("sealed_by").first(),
        "interns": [applications[result.application] for result in decided if result.is_accepted],
        "letters": [compose(draft) for draft in emails.result_letters(round, decided, applications)],
    }
    return render(request, "mentors/results.html", context)


@require_POST
def seal(request: AuthedRequest, slug: str) -> HttpResponse:
    round = get_object_or_404(Round, slug=slug)
    require(permissions.may_seal(request.user, round))
    try:
        actions.seal_results(round=round, by=request.user, at=request.received_at)
        messages.success(request, "Sealed. The portal releases the results by itself at the announcement hour.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:results", round.slug)


def _visible_selection(request: AuthedRequest, pk: int) -> Selection:
    visible = Application.objects.on_the_table_of(request.user)
    selections = Selection.objects.filter(application__in=visible).select_related(
        "application__applicant", "application__listing__project__community",
        "application__listing__participation__round", "application__listing__participation__community",
    )  # fmt: skip
    return get_object_or_404(selections, pk=pk)
