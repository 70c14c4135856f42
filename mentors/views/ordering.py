"""A mentor's order of a listing's applicants, and the group's order beside it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from mentors import actions, permissions
from mentors.forms import MoveForm
from mentors.orders import order_page
from mentors.views.reviewing import visible_application, visible_listing
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused


@require_safe
def order(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_listing(request, pk)
    context = {
        "listing": found,
        "page": order_page(found, request.user, request.GET),
        "is_hers": found.project.is_mentored_by(request.user),  # and may see it, or there would be no page
    }
    return render(request, "mentors/order.html", context)


@require_POST
def place(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_application(request, pk)
    require(permissions.may_rate(request.user, found))
    form = MoveForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("That is no way to move an applicant.")
        actions.place_application(application=found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    moved = urlencode([("moved", str(found.pk)), ("by", request.POST.get("move", ""))])  # there the keyboard goes on
    return redirect(f"{reverse('mentors:order', args=[found.listing_id])}?{moved}")


@require_POST
def give_order(request: AuthedRequest, pk: int) -> HttpResponse:
    found = visible_listing(request, pk)
    require(permissions.may_give_order(request.user, found))
    try:
        actions.give_order(listing=found, by=request.user, at=request.received_at)
        messages.success(request, "Your order is given. You can still change it; each change counts at once.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:order", found.pk)
