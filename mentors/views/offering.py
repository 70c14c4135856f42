"""Program coordinators see how the offers of places stand, give time to answer one, and end a place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import Application, Offer, OfferQuerySet
from mentors import actions, permissions
from mentors.forms import EndPlaceForm, TimeToAnswerForm
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Phase
from opw.rounds.requests import round_of


@require_safe
def offers(request: AuthedRequest, slug: str) -> HttpResponse:
    round = round_of(request, slug)
    require(permissions.may_see_offers(request.user, round))
    made = _seen(request).of_round(round).order_by("application__listing__participation__community__name", "made_at")
    listed = [(offer, offer.state(request.received_at)) for offer in made]
    return render(request, "mentors/offers.html", {"round": round, "offers": listed})


@require_http_methods(["GET", "HEAD", "POST"])
def more_time(request: AuthedRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    round = offer.application.round
    form = TimeToAnswerForm(request.POST or None, initial={"until_at": offer.answer_by_at})
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_time_to_answer(offer=offer, by=request.user, at=request.received_at, **form.cleaned_data)
            messages.success(request, f"{offer.application.applicant} has more time, and is told by letter.")
            return redirect("mentors:offers", round.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "mentors/time_to_answer.html", {"offer": offer, "form": form, "round": round})


@require_http_methods(["GET", "HEAD", "POST"])
def end_place(request: AuthedRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    form = EndPlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_place(offer=offer, by=request.user, at=request.received_at, **form.cleaned_data)
            messages.success(request, f"The place of {offer.application.applicant} has ended; letters say so.")
            return redirect("mentors:offers", offer.application.round.slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    state, phase = offer.state(request.received_at), offer.application.round.phase(request.received_at)
    context = {"offer": offer, "form": form, "state": state, "is_passed_on": phase == Phase.ANNOUNCED}
    return render(request, "mentors/end_place.html", context)


def _offer(request: AuthedRequest, pk: int) -> Offer:
    offer = get_object_or_404(_seen(request), pk=pk)
    require(permissions.may_see_offers(request.user, offer.application.round))
    return offer


def _seen(request: AuthedRequest) -> OfferQuerySet:
    """Those of the applicants whom this reader sees; there are none before the announcement."""
    seen = Application.objects.seen_by_reviewers(request.user)
    return Offer.objects.filter(application__in=seen).with_application()
