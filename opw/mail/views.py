"""The outbox, and ending the letters of a topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opw.access import require
from opw.errors import Refused
from opw.mail import actions, permissions
from opw.mail.compose import UNSUBSCRIBE_SALT
from opw.mail.models import Letter, Topic

if TYPE_CHECKING:  # accounts stand a floor above; here only the shape of a request is meant
    from opw.accounts.requests import AuthedRequest

LETTERS_A_PAGE = 50


@require_GET
def outbox(request: AuthedRequest) -> HttpResponse:
    require(permissions.may_see_outbox(request.user))
    letters = Letter.objects.not_withheld_from(request.user.pk).select_related("recipient").defer("text", "html")
    status = request.GET.get("status", "")
    if status in Letter.Status.values:
        letters = letters.filter(status=status)
    page = Paginator(letters, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "mail/outbox.html", {"page": page, "status": status, "statuses": Letter.Status.choices})


@require_GET
def letter(request: AuthedRequest, pk: int) -> HttpResponse:
    require(permissions.may_see_outbox(request.user))
    found = _found(request, pk)
    readable = permissions.may_read(request.user, found)
    return render(request, "mail/letter.html", {"letter": found, "readable": readable})


@require_POST
def retry(request: AuthedRequest, pk: int) -> HttpResponse:
    require(permissions.may_see_outbox(request.user))
    found = _found(request, pk)
    try:
        actions.retry_letter(letter=found, by=request.user)
        messages.success(request, "The letter is queued again.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mail:letter", found.pk)


@require_POST
def cancel(request: AuthedRequest, pk: int) -> HttpResponse:
    require(permissions.may_see_outbox(request.user))
    found = _found(request, pk)
    try:
        actions.cancel_letter(letter=found, by=request.user)
        messages.success(request, "The letter is cancelled.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mail:letter", found.pk)


def _found(request: AuthedRequest, pk: int) -> Letter:
    return get_object_or_404(Letter.objects.not_withheld_from(request.user.pk), pk=pk)


@csrf_exempt  # mail programs post here in one click, without a cookie (RFC 8058); the token in the address is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    try:
        person_id, topic = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except signing.BadSignature:
        raise Http404 from None
    if request.method == "POST":
        actions.opt_out(person_id=person_id, topic=Topic(topic))
    done = request.method == "POST"
    return render(request, "mail/unsubscribe.html", {"topic": Topic(topic).label, "done": done})
