"""The second wall: whoever coordinates signs in with a second factor, where the portal is run for real."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from opw.accounts.models import User
from opw.accounts.wall import keep_form

GetResponse = Callable[[HttpRequest], HttpResponse]
OWN_PAGES = "/accounts/"  # where she sets one up, and signs out


class SecondFactorWall:
    """Leads a coordinator without a second factor to where she sets one up, from every private page but her account's.

    Behind the sign-in wall: she is signed in, and comes with her roles (opw.site.readers), so that it asks nothing.
    What she typed waits as it does there.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.REQUIRE_SECOND_FACTOR or request.path_info.startswith(OWN_PAGES):
            return None
        if not getattr(view, "login_required", True) or not _lacks_one(request.user):
            return None
        then = "then send what you typed again." if keep_form(request) else "then you can go on."
        messages.info(request, f"Coordinators sign in with a second factor. Set one up here; {then}")
        return redirect("mfa_index")


def _lacks_one(user: Any) -> bool:
    """Whether she coordinates the program or a community, and signs in by password alone."""
    if not isinstance(user, User) or user.roles is None:
        return False
    return bool(user.is_staff or user.roles["coordinates"]) and not user.roles["authenticators"]
