"""Coordinators keep a community's waiting list."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from applications.models import Application
from mentors import actions, permissions
from mentors.forms import DecisionForm, OptionalReasonForm, ReasonForm, WaitingReasonForm
from mentors.models import WaitingPlace
from mentors.views.deciding import decide
from mentors.views.reviewing import visible_application
from opw.access import require
from opw.accounts.requests import AuthedRequest


@require_POST
def wait(request: AuthedRequest, pk: int) -> HttpResponse:
    application = visible_application(request, pk)
    require(permissions.may_decide(request.user, application))
    deed = partial(actions.put_on_waiting_list, application=application, by=request.user)
    done = f"{application.applicant} is on the waiting list."
    return decide(request, application.listing.participation, OptionalReasonForm, deed, done)


@require_POST
def before(request: AuthedRequest, pk: int, other: int) -> HttpResponse:
    place, overtaken = _visible_place(request, pk), _visible_place(request, other)
    deed = partial(actions.let_wait_before, place=place, other=overtaken, by=request.user)
    done = f"{place.application.applicant} now waits before {overtaken.application.applicant}."
    return decide(request, place.participation, DecisionForm, deed, done)


@require_POST
def reason(request: AuthedRequest, pk: int) -> HttpResponse:
    place = _visible_place(request, pk)
    deed = partial(actions.say_why_she_waits, place=place, by=request.user)
    return decide(request, place.participation, WaitingReasonForm, deed, "The reason is changed.")


@require_POST
def take_off(request: AuthedRequest, pk: int) -> HttpResponse:
    place = _visible_place(request, pk)
    deed = partial(actions.take_off_waiting_list, place=place, by=request.user)
    done = f"{place.application.applicant} is not on the waiting list any more."
    return decide(request, place.participation, ReasonForm, deed, done)


def _visible_place(request: AuthedRequest, pk: int) -> WaitingPlace:
    """A place of an applicant on this reader's table, if she may change it."""
    visible = Application.objects.on_the_table_of(request.user)
    places = WaitingPlace.objects.filter(application__in=visible).select_related(
        "application__applicant", "participation__round", "participation__community"
    )
    place = get_object_or_404(places, pk=pk)
    require(permissions.may_change_waiting(request.user, place))
    return place
