"""Recording a contribution by its link, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications import actions
from applications.forms import ContributionForm
from applications.models import Contribution
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.models import Deadline, deadline_for
from projects.models import Listing


@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: AuthedRequest, listing: int) -> HttpResponse:
    found = get_object_or_404(Listing.objects.published(request.received_at).with_round(), pk=listing)
    form = ContributionForm(request.POST or None, listing=found, by=request.user, at=request.received_at)
    context: dict[str, object] = {"listing": found, "form": form}
    if request.method == "POST" and form.is_complete:
        first = _record(request, found, form)
        if form.is_valid():
            messages.success(request, "Recorded. The project's mentors can see it now.")
            return redirect("applications:home")
        context["first"] = first
    context["closes_at"] = deadline_for(Deadline.CONTRIBUTIONS, found.round, found.community, request.user)
    return render(request, "applications/contribute.html", context)


@require_POST
def delete_contribution(request: AuthedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Contribution.objects.of(request.user), pk=pk)
    try:
        actions.delete_contribution(contribution=found, by=request.user)
        messages.success(request, f"“{found}” is deleted.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("applications:home")


def _record(request: AuthedRequest, listing: Listing, form: ContributionForm) -> Contribution | None:
    """Record what the form says, or tell in it why not; the earlier record of the same work, if that is why."""
    try:
        actions.record_contribution(
            listing=listing, by=request.user, received_at=request.received_at, **form.cleaned_data
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("url", str(refusal))
        return refusal.first if isinstance(refusal, actions.RecordedBefore) else None
    return None
