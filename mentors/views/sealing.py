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
from mentors.results import HandedIn, everything_in, still_hold
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
    everything = everything_in(round, request.user)
    rehearsed = Rehearsal(round, everything)
    outcome, words = request.GET.get("outcome", ""), request.GET.get("q", "")
    context = {
        "round": round,
        "rehearsal": rehearsed,
        "page": Paginator(rehearsed.found(outcome, words), LETTERS_A_PAGE).get_page(request.GET.get("page")),
        "outcome": outcome,
        "q": words,
    }
    return render(request, "mentors/results.html", context | _state_of_the_seal(request, round, everything))


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


@require_POST
def approve(request: AuthedRequest, slug: str) -> HttpResponse:
    round = _round(request, slug)
    newest = _newest_seal(round)
    require(newest is None or permissions.may_approve(request.user, newest))
    try:
        sha256 = request.POST.get("sha256", "")
        actions.approve_seal(round=round, sha256=sha256, by=request.user, at=request.received_at)
        messages.success(request, "Approved. The portal releases the results by itself at the announcement hour.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("mentors:results", round.slug)


def _round(request: AuthedRequest, slug: str) -> Round:
    round = round_of(request, slug)
    require(permissions.may_seal(request.user, round))
    return round


def _state_of_the_seal(request: AuthedRequest, round: Round, everything: list[HandedIn]) -> dict[str, object]:
    """What stands in its way, the newest seal, and whether it says what is decided now."""
    problems, seal = problems_with(round, everything, request.user), _newest_seal(round)
    is_sealed = seal is not None and seal.broken_at is None
    holds = seal is not None and is_sealed and still_hold(seal, [one.result for one in everything])
    is_closed = round.selection_closes_at <= request.received_at
    can_be_sealed = is_closed and not (problems or holds or round.is_released)
    state = {"seal": seal, "is_sealed": is_sealed, "holds": holds, "is_closed": is_closed}
    return state | {"problems": problems, "can_be_sealed": can_be_sealed}


def _newest_seal(round: Round) -> Seal | None:
    return Seal.objects.filter(round=round).select_related("round", "sealed_by", "approved_by").first()


def _telling(request: AuthedRequest, round: Round, applicant: int) -> Telling:
    found = telling(round, request.user, applicant)
    if found is None or round.is_released:  # then the outbox has what was sent
        raise Http404
    return found
