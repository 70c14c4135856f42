"""Whether the portal is well, for machines; and what a form from elsewhere is answered."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from opw.accounts.models import User
from opw.accounts.wall import kept_for, sent_form
from opw.site import health


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": request.build_absolute_uri(reverse("site:sitemap"))}
    return render(request, "site/robots.txt", context, content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    signs = health.signs_of_life(timezone.now())
    return JsonResponse(
        {name: "ok" if well else "not ok" for name, well in signs.items()}, status=200 if all(signs.values()) else 503
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from this site, or from a page that was open for too long.

    Whoever signed in anew in another tab sends it once more from a page that shows what she typed.
    """
    form = sent_form(request) if isinstance(request.user, User) else None
    if form and isinstance(request.user, User) and (kept := kept_for(request.user, form)):
        return render(request, "accounts/kept.html", {"kept": kept}, status=403)
    return render(request, "403_csrf.html", status=403)
