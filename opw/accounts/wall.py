"""The wall around private pages, and what becomes of a form that is sent against it, or against the second one.

Every form holds its ``writer``: the person for whom its page was made. What somebody sends after her session has
expired waits, in the new session, for an hour and for her alone; it changes nothing until she sends it again herself.
So does what a coordinator sends before she has a second factor (opw.accounts.second_factor).
"""

from collections.abc import Callable
from datetime import timedelta
from math import inf
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from opw.accounts.models import User

KEPT = "kept_form"
KEPT_FOR = timedelta(hours=1)
CHARACTERS_AT_MOST = 200_000
HIDDEN = {"version", "page", "writer", "submit", "save"}
KeptForm = dict[str, Any]  # its address and its fields, as they wait in a session


class SignInWall(LoginRequiredMiddleware):
    """Sends visitors to the sign-in page, from every private address; keeps what they typed."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseRedirect:
        if not keep_form(request):
            return super().handle_no_permission(request, view_func)
        request.session.set_expiry(KEPT_FOR)
        return redirect_to_login(reverse("accounts:kept"), settings.LOGIN_URL)


def keep_form(request: HttpRequest) -> bool:
    """Let what was sent wait in the session; False where no form of ours was."""
    form = sent_form(request) if request.method == "POST" else None
    if form is not None:
        request.session[KEPT] = form | {"until": (timezone.now() + KEPT_FOR).timestamp()}
    return form is not None


def sent_form(request: HttpRequest) -> KeptForm | None:
    """The form of one of our pages that was sent, without its token; None for one that is too long or of no page."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]  # fmt: skip
    if "writer" not in request.POST or sum(len(name) + len(str(value)) for name, value in fields) > CHARACTERS_AT_MOST:
        return None
    return {"address": request.get_full_path(), "fields": fields}


def kept_for(user: User, form: KeptForm | None) -> dict[str, Any] | None:
    """What the page shows that sends a kept form again; None where nothing of hers waits any more."""
    if form is None or ["writer", str(user.pk)] not in [list(field) for field in form["fields"]]:
        return None
    if form.get("until", inf) < timezone.now().timestamp():
        return None
    texts = [(name.replace("_", " ").capitalize(), value) for name, value in form["fields"] if name not in HIDDEN]
    return form | {"texts": texts}
