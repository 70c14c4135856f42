"""Her deadlines: on a page, as a file and as a feed for her calendar; and when she is reminded of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications import actions
from applications.deadlines import address_of, calendar_for, deadlines_of, person_of
from applications.forms import RemindersForm
from applications.models import DeadlineSettings
from opw.accounts.requests import AuthedRequest
from opw.rounds.requests import current_round


@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: AuthedRequest) -> HttpResponse:
    chosen = {"hours_before": DeadlineSettings.of(request.user).hours_before}
    form = RemindersForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        actions.set_reminders(by=request.user, hours_before=form.cleaned_data["hours_before"])
        messages.success(request, "Your reminders are set.")
        return redirect("applications:deadlines")
    round = current_round(request)
    hers = deadlines_of(request.user, round) if round else []
    context = {"round": round, "form": form, "deadlines": hers, "address": address_of(request.user)}
    return render(request, "applications/deadlines.html", context)


@require_POST
def renew(request: AuthedRequest) -> HttpResponse:
    actions.renew_calendar(by=request.user)
    messages.success(request, "Your calendar has a new address. The old one shows nothing any more.")
    return redirect("applications:deadlines")


@require_safe
def download(request: AuthedRequest) -> HttpResponse:
    response = _calendar(calendar_for(request.user, request.received_at))
    response["Content-Disposition"] = 'attachment; filename="opw.ics"'
    return response


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    person = person_of(token)
    if person is None:
        raise Http404
    return _calendar(calendar_for(person, timezone.now()))


def _calendar(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response
