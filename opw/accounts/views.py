"""One's own profile, and how an invitation is sent and answered; everything else of accounts is allauth's."""

from collections.abc import Callable

from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from opw.accounts import actions
from opw.accounts.forms import ProfileForm
from opw.accounts.models import Invitation, User
from opw.accounts.permissions import may_accept
from opw.accounts.requests import AuthedRequest
from opw.accounts.wall import KEPT, kept_for
from opw.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: AuthedRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(user=request.user, **form.cleaned_data)
        messages.success(request, "Your profile is saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


def answer(request: HttpRequest, invitation: Invitation, accept: Callable[..., None]) -> HttpResponse:
    """The page of an invitation: looking at it changes nothing, it takes a form to accept or to decline.

    Whoever holds the letter can decline; to accept, she signs in first. ``accept`` is the action of the floor whose
    invitation it is.
    """
    reader = request.user if isinstance(request.user, User) else None
    if request.method == "POST":
        return _answered(request, invitation, reader, accept)
    context = {
        "invitation": invitation,
        "waits": invitation.is_waiting(timezone.now()),
        "is_hers": reader is not None and may_accept(reader, invitation),
    }
    response = render(request, "accounts/invitation.html", context)
    add_never_cache_headers(response)
    return response


def _answered(
    request: HttpRequest, invitation: Invitation, reader: User | None, accept: Callable[..., None]
) -> HttpResponse:
    said = request.POST.get("answer")
    try:
        if said == "decline":
            actions.decline_invitation(invitation=invitation, by=reader)
            messages.success(request, "You declined. Thank you for the answer.")
        elif said == "accept" and reader is None:
            return redirect_to_login(request.path)
        elif said == "accept" and reader:
            accept(invitation=invitation, by=reader)
            messages.success(request, f"Thank you. You are {invitation.part} now.")
            return redirect(invitation.get_accepted_url())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(request.path)


def count_invitation(request: HttpRequest, email: str) -> None:
    """Answer 429 when this person sends, or this address gets, more letters than one does in a day."""
    if not ratelimit.consume(request, action="invite", key=email.casefold()):
        raise ImmediateHttpResponse(ratelimit.respond_429(request))


@require_safe
def kept(request: AuthedRequest) -> HttpResponse:
    """What she sent while she was signed out, to be sent again."""
    return render(request, "accounts/kept.html", {"kept": kept_for(request.user, request.session.get(KEPT))})
