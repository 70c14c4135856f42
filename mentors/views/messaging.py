"""Messages with one applicant, from the mentors' side; private comments stand elsewhere."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from applications.actions import write_message
from applications.models import Application, Message
from applications.permissions import may_write_to
from mentors.forms import CarefulMessageForm
from mentors.slips import talk_with
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects.models import Listing


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: AuthedRequest, listing: int, applicant: int) -> HttpResponse:
    found, person = seen(request, listing, applicant)
    form = CarefulMessageForm(request.POST or None, **talk_with(person, found, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            write_message(listing=found, applicant=person, by=request.user, at=request.received_at, **form.cleaned_data)
            messages.success(request, "Sent. The applicant is told by letter.")
            return redirect("mentors:messages", found.pk, person.pk)
        except Refused as refusal:
            form.add_error("body", str(refusal))
    return _page(request, found, person, form)


def _page(request: AuthedRequest, listing: Listing, applicant: User, form: CarefulMessageForm) -> HttpResponse:
    applied = Application.objects.seen_by_reviewers(request.user).filter(applicant=applicant, listing=listing)
    context = {
        "listing": listing,
        "applicant": applicant,
        "thread": Message.objects.visible_to(request.user).between(applicant, listing).select_related("author"),
        "form": form,
        "application": applied.values_list("pk", flat=True).first(),
    }
    return render(request, "mentors/messages.html", context)


def seen(request: AuthedRequest, listing: int, applicant: int) -> tuple[Listing, User]:
    """The listing and the applicant, for who sees something of her there; nobody else learns that they exist."""
    found = get_object_or_404(Listing.objects.with_round(), pk=listing)
    person = get_object_or_404(User, pk=applicant)
    if not may_write_to(request.user, person, found):
        raise Http404
    return found, person
