"""The round that a request's pages speak of, and its deadlines; each asked of the database once a request."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from opw.rounds.models import Deadlines, Round


def current_round(request: HttpRequest) -> Round | None:
    """The newest round published when the request arrived."""
    known = vars(request)
    if "current_round" not in known:
        known["current_round"] = Round.objects.current(_received_at(known))
    found: Round | None = known["current_round"]
    return found


def round_of(request: HttpRequest, slug: str) -> Round:
    """The round of an address, which mostly is the current one; 404 where there is none."""
    current = current_round(request)
    return current if current and current.slug == slug else get_object_or_404(Round, slug=slug)


def current_deadlines(request: HttpRequest) -> Deadlines | None:
    """The deadlines of that round, for what pages show; an action asks for its own in its transaction."""
    known = vars(request)
    if "current_deadlines" not in known:
        round = current_round(request)
        known["current_deadlines"] = Deadlines(round) if round else None
    found: Deadlines | None = known["current_deadlines"]
    return found


def deadlines_of(request: HttpRequest, round: Round) -> Deadlines:
    """The deadlines of a round, which mostly is the current one."""
    current = current_deadlines(request)
    return current if current and current.round == round else Deadlines(round)


def _received_at(known: dict[str, Any]) -> datetime:
    received_at: datetime | None = known.get("received_at")
    return received_at or timezone.now()
