"""An applicant's messages with a listing's mentors."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from applications import actions
from applications.forms import ContactForm, MessageForm
from applications.models import Message
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects.models import Listing


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: AuthedRequest, listing: int) -> HttpResponse:
    found = _listing(request, listing)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _write(request, found, form):
        messages.success(request, "Sent. The mentors are told by letter.")
        return redirect("applications:messages", found.pk)
    return _page(request, found, form, ContactForm())


@require_POST
def contact_elsewhere(request: AuthedRequest, listing: int) -> HttpResponse:
    found = _listing(request, listing)
    form = ContactForm(request.POST)
    if form.is_valid() and _write(request, found, form, is_elsewhere=True):
        messages.success(request, "Noted. The mentors can read it here.")
        return redirect("applications:messages", found.pk)
    return _page(request, found, MessageForm(), form)


def _write(
    request: AuthedRequest, listing: Listing, form: MessageForm | ContactForm, *, is_elsewhere: bool = False
) -> bool:
    try:
        actions.write_message(
            listing=listing, applicant=request.user, by=request.user, at=request.received_at,
            is_elsewhere=is_elsewhere, **form.cleaned_data,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("body", str(refusal))
    return form.is_valid()


def _page(request: AuthedRequest, listing: Listing, form: MessageForm, contact: ContactForm) -> HttpResponse:
    context = {
        "listing": listing,
        "thread": Message.objects.between(request.user, listing).select_related("author"),
        "mentors": listing.project.mentorships.confirmed().select_related("user"),
        "form": form,
        "contact": contact,
    }
    return render(request, "applications/messages.html", context)


def _listing(request: AuthedRequest, pk: int) -> Listing:
    return get_object_or_404(Listing.objects.published(request.received_at).with_round(), pk=pk)
