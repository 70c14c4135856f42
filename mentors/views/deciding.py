"""Coordinators decide: slots, and the rest."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from applications.models import Application
from mentors import actions, permissions
from mentors.decisions import decisions_of
from mentors.forms import DecisionForm, ReasonForm
from mentors.models import Seal, Selection
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.communities.permissions import may_run
from opw.errors import Refused
from opw.rounds.models import Participation, Round
from projects.models import Listing


@require_safe
def selections(request: AuthedRequest, pk: int) -> HttpResponse:
    participation = get_object_or_404(Participation.objects.select_related("round", "community"), pk=pk)
    if not permissions.may_see_selections(request.user, participation):
        raise Http404
    decisions = decisions_of(participation, request.user)
    return render(request, "mentors/selections.html", {"decisions": decisions})


@require_POST
def confirm(request: AuthedRequest, pk: int) -> HttpResponse:
    selection = _visible_selection(request, pk)
    require(permissions.may_confirm(request.user, selection))
    deed = partial(actions.confirm_selection, selection=selection, by=request.user, at=request.received_at)
    done = f"{selection.application.applicant} has a slot. Nobody is told before the announcement."
    return decide(request, selection.application.listing.participation, DecisionForm, deed, done)


@require_POST
def withdraw_selection(request: AuthedRequest, pk: int) -> HttpResponse:
    selection = _visible_selection(request, pk)
    require(permissions.may_withdraw_selection(request.user, selection))
    deed = partial(actions.withdraw_selection, selection=selection, by=request.user)
    if may_run(request.user, selection.application.community):
        return decide(request, selection.application.listing.participation, ReasonForm, deed, "Taken back.")
    do_or_say_why_not(request, selection.round, ReasonForm, deed, "Taken back.")
    return redirect("mentors:application", selection.application_id)


@require_POST
def decline_rest(request: AuthedRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.with_round(), pk=pk)
    require(permissions.may_decide_rest(request.user, listing))
    deed = partial(actions.decline_rest, listing=listing, by=request.user)
    done = f"The other applicants for {listing.project} are not accepted."
    return decide(request, listing.participation, DecisionForm, deed, done)


@require_POST
def take_rest_back(request: AuthedRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.with_round(), pk=pk)
    require(permissions.may_decide_rest(request.user, listing))
    deed = partial(actions.take_rest_back, listing=listing, by=request.user)
    done = f"The other applicants for {listing.project} are undecided again."
    return decide(request, listing.participation, ReasonForm, deed, done)


def decide(
    request: AuthedRequest, in_: Participation, asked: type[DecisionForm], deed: Callable[..., object], done: str
) -> HttpResponse:
    """Do what was asked for by a form, say so or why not, and go back to the decisions of the participation."""
    do_or_say_why_not(request, in_.round, asked, deed, done)
    return redirect("mentors:selections", in_.pk)


def do_or_say_why_not(
    request: AuthedRequest, round: Round, asked: type[DecisionForm], deed: Callable[..., object], done: str
) -> None:
    """Do what was asked for by a form, and say so or why not."""
    form = asked(request.POST, sealed=Seal.objects.stands_on(round))
    try:
        if not form.is_valid():
            raise Refused(form.complaint)
        deed(**form.answers)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, str(refusal))


def _visible_selection(request: AuthedRequest, pk: int) -> Selection:
    visible = Application.objects.on_the_table_of(request.user)
    selections = Selection.objects.filter(application__in=visible).select_related(
        "application__applicant", "application__listing__project__community",
        "application__listing__participation__round", "application__listing__participation__community",
    )  # fmt: skip
    return get_object_or_404(selections, pk=pk)
