"""The rehearsal of an announcement, and the seal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentors import actions, permissions
from mentors.models import Seal
from mentors.problems import problems_with
from mentors.rehearsal import Rehearsal, Telling, telling
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.mail.framing import framed
from opw.rounds.models import Round
from opw.rounds.requests import round_of

LETTERS_A_PAGE = 50


@require_safe
def rehearsal(request: AuthedRequest, slug: str) -> HttpResponse:
    round = _round(request, slug)
    problems = problems_with(round, request.user)
    rehearsed = Rehearsal(round, request.user)
    outcome, words = request.GET.get("outcome", ""), request.GET.get("q", "")
    context = {
        "round": round,
        "problems": problems,
        "can_be_sealed": not problems and not round.is_released and round.selection_closes_at <= request.received_at,
        "seal": Seal.objects.filter(round=round).select_related("sealed_by").first(),
        "rehearsal": rehearsed,
        "page": Paginator(rehearsed.found(outcome, words), LETTERS_A_PAGE).get_page(request.GET.get("page")),
        "outcome": outcome,
        "q": words,
    }
    return render(request, "mentors/results.html", context)


@require_safe
def letter(request: AuthedRequest, slug: str, applicant: int) -> HttpResponse:
    round = _round(request, slug)
    return render(request, "mentors/letter.html", {"round": round, "telling": _telling(request, round, applicant)})


@require_safe
def letter_html(request: AuthedRequest, slug: str, applicant: int) -> HttpResponse:
    return framed(_telling(request, _round(request, slug), applicant).letter)


@require_POST
def seal(request: AuthedRequest, slug: str) -> HttpResponse:
    round = _round(request, slug)
    try:
        actions.seal_results(round=round, by=request.user, at=request.received_at)
        messages.success(request, "Sealed. The portal releases the results by itself at the announcement hour.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:results", round.slug)


def _round(request: AuthedRequest, slug: str) -> Round:
    round = round_of(request, slug)
    require(permissions.may_seal(request.user, round))
    return round


def _telling(request: AuthedRequest, round: Round, applicant: int) -> Telling:
    found = telling(round, request.user, applicant)
    if found is None or round.is_released:  # then the outbox has what was sent
        raise Http404
    return found
