"""A coordinator withdraws a listing, after reading what ends with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mentors import actions, permissions, tables
from mentors.forms import WithdrawListingForm
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects.models import Listing


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_listing(request: AuthedRequest, pk: int) -> HttpResponse:
    listing = get_object_or_404(Listing.objects.with_round(), pk=pk)
    require(permissions.may_withdraw_listing(request.user, listing))
    form = WithdrawListingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_listing(listing=listing, by=request.user, at=request.received_at, **form.cleaned_data)
            messages.success(request, f"{listing.project} is withdrawn. Everybody who began there gets a letter.")
            return redirect("projects:offer", listing.participation_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    ends = tables.what_ends_with(listing, request.user, request.received_at)
    return render(request, "mentors/withdraw_listing.html", {"listing": listing, "form": form, "ends": ends})
