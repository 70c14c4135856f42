"""The portal's components for templates: time, Markdown, states, difficulty, navigation. docs/look.md shows them."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from opw.templatetags import schedule
from opw.text import render_markdown
from opw.times import LATE, day_in_words, duration, in_words, own_time, time_left

register = template.Library()

_LEVELS: Sequence[str] = ("basic", "medium", "difficult")
_NOTHING = SafeString("")


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None) -> SafeString:
    """A moment in UTC and in the reader's own time."""
    return _NOTHING if at is None else _time(context, at, in_words(at, _timezone(context), _now(context)))


@register.simple_tag(takes_context=True)
def hour(context: Context, at: datetime) -> SafeString:
    """A moment's hour, beside a day that is already named: "19:00 UTC (20:00 in Berlin)"."""
    own = own_time(at, _timezone(context))
    utc = f"{at.astimezone(UTC):%H:%M} UTC"
    return _time(context, at, f"{utc} ({own})" if own else utc)


@register.simple_tag(takes_context=True)
def deadline(context: Context, at: datetime | None) -> SafeString:
    """A deadline: the moment, and the time left, which no paper knows."""
    if at is None:
        return _NOTHING
    return format_html('{}<span class="d-print-none">, {}</span>', moment(context, at), left(context, at))


@register.simple_tag(takes_context=True)
def left(context: Context, at: datetime | None) -> SafeString:
    """The time left until a deadline, or since when it is closed."""
    if at is None:
        return _NOTHING
    return format_html('<span class="left">{}</span>', time_left(at, _now(context)))


@register.simple_tag(takes_context=True)
def day(context: Context, on: date | None) -> SafeString:
    """A day, or the day in UTC of a moment."""
    if on is None:
        return _NOTHING
    utc = on.astimezone(UTC).date() if isinstance(on, datetime) else on
    return format_html('<time datetime="{}">{}</time>', utc.isoformat(), day_in_words(utc, _now(context)))


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """What a block of this page says, once more."""
    block: BlockNode = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return SafeString(block.render(context).strip())


@register.simple_tag(takes_context=True)
def canonical(context: Context) -> str:
    """The one address of this page, whatever was asked of it and by which name of the site."""
    return absolute(getattr(_request(context), "path", ""))


@register.filter
def absolute(path: str) -> str:
    """An address of this site in full."""
    return f"{settings.SITE_URL}{path}"


@register.filter
def json_ld(facts: dict[str, Any]) -> SafeString:
    """Facts about a page in the words of schema.org, for search engines; data, which no browser runs."""
    words = json.dumps({"@context": "https://schema.org"} | facts, cls=DjangoJSONEncoder, ensure_ascii=False)
    for char in "<>&":  # nothing that somebody typed ends the element
        words = words.replace(char, f"\\u{ord(char):04X}")
    return format_html('<script type="application/ld+json">{}</script>', SafeString(words))


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown that a person typed, as HTML that is safe to show."""
    return render_markdown(text)


@register.simple_tag
def badge(text: str, kind: str = "plain") -> SafeString:
    """A state in words, on its colour: good, warn, bad, now or plain."""
    return format_html('<span class="badge {}">{}</span>', kind, text) if text else _NOTHING


@register.simple_tag
def level(lowest: str, highest: str) -> SafeString:
    """A difficulty, or the range of one: three dots and the words."""
    return _level(str(lowest), str(highest)) if lowest and highest else _NOTHING


@register.simple_tag(takes_context=True)
def announcement(context: Context, round: schedule.Schedule) -> SafeString:
    """When a round's results come or came, and that they are or were late: the same words for everybody."""
    hour, released_at = round.announcement_at, round.released_at
    if released_at is None:
        words = "Results were due on {}, and are late. Everybody hears of them at the same moment."
        return format_html(words if schedule.is_late(round, _now(context)) else "Results on {}.", moment(context, hour))
    if released_at - hour < LATE:
        return format_html("Announced on {}.", moment(context, released_at))
    late = duration(released_at - hour)
    return format_html("Announced on {}, {} after the hour that was set.", moment(context, released_at), late)


@register.inclusion_tag("_timeline.html", takes_context=True)
def timeline(context: Context, round: schedule.Schedule) -> dict[str, Any]:
    """A round's schedule as a line of time, with today's place on it."""
    return {"points": schedule.points(round, _now(context)), "request": _request(context)}


@register.simple_tag(takes_context=True)
def nav_link(context: Context, name: str, words: str) -> SafeString:
    """An entry of the navigation; it knows whether the reader is on its page, or on a page below it."""
    address = reverse(name)
    path = getattr(_request(context), "path", "")
    current = "page" if path == address else "true" if path.startswith(address) else ""
    mark = format_html(' aria-current="{}"', current) if current else _NOTHING
    return format_html('<li><a href="{}"{}>{}</a></li>', address, mark, words)


@register.filter
def leads_to(paragraph: str, site_url: str) -> bool:
    """Whether a letter's paragraph is nothing but an address of our own site."""
    return paragraph.startswith(f"{site_url}/") and len(paragraph.split()) == 1


@lru_cache(maxsize=len(_LEVELS) ** 2)
def _level(lowest: str, highest: str) -> SafeString:
    reach = range(_LEVELS.index(lowest), _LEVELS.index(highest) + 1)
    dots = format_html_join("", "<i{}></i>", ((SafeString(' class="on"') if i in reach else "",) for i in range(3)))
    words = lowest if lowest == highest else f"{lowest} to {highest}"
    return format_html('<span class="level"><span class="dots" aria-hidden="true">{}</span>{}</span>', dots, words)


def _time(context: Context, at: datetime, words: str) -> SafeString:
    """A <time> element; a visitor's browser is asked to add her own time (static/local-time.js)."""
    ask = _NOTHING if _timezone(context) else SafeString(" data-local")
    return format_html('<time datetime="{}"{}>{}</time>', f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", ask, words)


def _request(context: Context) -> HttpRequest | None:
    """The request, also inside an include ... only, which keeps it on the context but not among its variables."""
    request: HttpRequest | None = context.get("request") or getattr(context, "request", None)
    return request


def _now(context: Context) -> datetime:
    """When the request arrived: one now for the whole page."""
    arrived: datetime | None = getattr(_request(context), "received_at", None)
    return arrived or timezone.now()


def _timezone(context: Context) -> str | None:
    """The timezone of a signed-in reader."""
    user = getattr(_request(context), "user", None)
    return user.timezone if user is not None and user.is_authenticated else None


# Colour never alone: the words say the state, the colour only repeats it.
_STATES = {
    "good": ["reviewed", "submitted", "eligible", "counts", "accepted", "confirmed", "resolved", "sent"],
    "warn": ["in review", "not seen yet", "needs work", "on the waiting list", "proposed", "open", "queued"],
    "bad": ["not eligible", "failed", "not considered"],
    "now": ["open for applications", "answered", "selection"],
}
_KIND_OF_STATE = {state: kind for kind, states in _STATES.items() for state in states}


@register.simple_tag
def state(words: str) -> SafeString:
    """The badge of a state, coloured by its words; a state without a colour of its own is plain."""
    return badge(words, _KIND_OF_STATE.get(str(words), "plain"))
