"""What holds for every request: when it arrived, which methods exist, and that private pages are not stored."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from opw.web import RECEIVED_AT

GetResponse = Callable[[HttpRequest], HttpResponse]
METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class ReceivedAt:
    """Notes when a request arrived, before anything else is done with it; deadlines are decided by that moment.

    The web server says it, where it is ours (opw.web); else it is now.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.received_at = request.META.get(RECEIVED_AT) or timezone.now()  # type: ignore[attr-defined]  # accounts.requests names it
        return self.get_response(request)


class KnownMethods:
    """Answers TRACE, PUT and everything else that no page here knows with 405."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class PrivatePagesAreNotStored:
    """Keeps pages made for a signed-in person out of every cache, and text that she typed out of a browser she left."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        elif was_signed_in:
            response["Clear-Site-Data"] = '"storage"'  # what static/autosave.js keeps
        return response
