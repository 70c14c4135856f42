"""Pages for visitors: compressed, and kept for some seconds, so that a crowd that reads one page is served at once.

Only for whoever sends no cookie and nothing else to be known by. Such a page holds nobody's secret: no message, no
form's token. So it can be kept for the next visitor, and compressed without telling anything (BREACH).

What a round shows changes at its moments. A page is kept until the next of them at the longest; and while results are
due and not released, nothing is kept.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware

from opw.rounds.models import MOMENTS, Round
from opw.rounds.requests import current_round

Page = tuple[datetime, bytes, dict[str, str]]  # until when it is kept, and what it says


class VisitorsPages:
    """Answers a visitor's request with a page that was made for another one a moment ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.compressed = GZipMiddleware(get_response).process_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or request.COOKIES or "Authorization" in request.headers:
            return self.get_response(request)
        now: datetime = vars(request)["received_at"]
        pages, key = caches["pages"], self._key(request)
        page: Page | None = pages.get(key)
        if page and now < page[0]:
            return HttpResponse(page[1], headers=page[2])
        response = self.get_response(request)
        if not _is_for_everybody(response):
            return response
        self.compressed(request, response)
        until = kept_until(current_round(request), now)
        if now < until and not request.GET:  # searches are too many to keep
            pages.set(key, (until, response.content, dict(response.headers)), settings.VISITORS_PAGES_KEPT_FOR)
        return response

    def _key(self, request: HttpRequest) -> str:
        """Stands for the whole address, and whether the browser reads what is compressed."""
        reads = f"{'gzip' in request.headers.get('Accept-Encoding', '')} {request.build_absolute_uri()}"
        return sha256(reads.encode()).hexdigest()


def _is_for_everybody(response: HttpResponse) -> bool:
    """Whether it is a page, sets no cookie (a form's token does) and does not say itself how it is to be kept."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
    )


def kept_until(round: Round | None, now: datetime) -> datetime:
    """How long a page that is made now may be shown to others; "now" where it may not be kept at all."""
    until = now + timedelta(seconds=settings.VISITORS_PAGES_KEPT_FOR)
    if round is None:
        return until
    if round.announcement_at <= now and not round.is_released:
        return now
    moments: list[datetime] = [getattr(round, name) for name in MOMENTS]
    return min([until, *(moment for moment in moments if moment > now)])
