"""Answering the offer of a place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications import actions
from applications.forms import DeclineForm
from applications.models import Offer
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused


@require_POST
def confirm(request: AuthedRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    try:
        actions.confirm_offer(offer=offer, by=request.user, received_at=request.received_at)
        messages.success(request, "The place is yours. Your mentors are told.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:application", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: AuthedRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.decline_offer(offer=offer, by=request.user, received_at=request.received_at, **form.cleaned_data)
            messages.success(request, "You declined. Thank you for telling us: somebody else is glad of it.")
            return redirect("applications:application", pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    state = offer.state(request.received_at)
    context = {"offer": offer, "state": state.label, "is_open": state == Offer.Status.OPEN, "form": form}
    return render(request, "applications/decline.html", context)


def _offer(request: AuthedRequest, application: int) -> Offer:
    """Hers; there is none before the announcement, for anybody."""
    return get_object_or_404(Offer.objects.of(request.user).with_application(), application=application)
