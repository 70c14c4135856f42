"""Program coordinators fund: slots of each community, added, taken away and moved."""

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mentors import actions, permissions
from mentors.decisions import funded_in
from mentors.forms import DecisionForm, MoveSlotForm, SponsorForm
from mentors.models import Seal
from mentors.views.deciding import do_or_say_why_not
from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.rounds.models import Participation, Slot
from opw.rounds.requests import round_of

FREE_SLOTS_A_PAGE = 6  # each can move to every other community


@require_safe
def slots(request: AuthedRequest, slug: str) -> HttpResponse:
    round = round_of(request, slug)
    require(permissions.may_fund(request.user, round))
    participations = funded_in(round, request.user)
    free = [slot for participation in participations for slot in participation.free]
    context = {
        "round": round,
        "is_open": not round.is_released,
        "is_sealed": Seal.objects.stands_on(round),
        "participations": participations,
        "page": Paginator(free, FREE_SLOTS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "mentors/slots.html", context)


@require_POST
def add(request: AuthedRequest, pk: int) -> HttpResponse:
    participation = get_object_or_404(Participation.objects.select_related("round", "community"), pk=pk)
    require(permissions.may_fund(request.user, participation.round))
    deed = partial(actions.add_slot, participation=participation, by=request.user)
    done = f"{participation.community} has one slot more."
    do_or_say_why_not(request, participation.round, SponsorForm, deed, done)
    return redirect("mentors:slots", participation.round.slug)


@require_POST
def remove(request: AuthedRequest, pk: int) -> HttpResponse:
    slot = _slot(request, pk)
    deed = partial(actions.remove_slot, slot=slot, by=request.user)
    done = f"{slot.participation.community} has one slot less."
    do_or_say_why_not(request, slot.participation.round, DecisionForm, deed, done)
    return redirect("mentors:slots", slot.participation.round.slug)


@require_POST
def move(request: AuthedRequest, pk: int) -> HttpResponse:
    slot = _slot(request, pk)
    deed = partial(actions.move_slot, slot=slot, by=request.user)
    done = f"A slot of {slot.participation.community} has moved."
    do_or_say_why_not(request, slot.participation.round, MoveSlotForm, deed, done)
    return redirect("mentors:slots", slot.participation.round.slug)


def _slot(request: AuthedRequest, pk: int) -> Slot:
    slots = Slot.objects.select_related("participation__round", "participation__community")
    slot = get_object_or_404(slots, pk=pk)
    require(permissions.may_fund(request.user, slot.participation.round))
    return slot
