"""The communities, as everybody reads them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from opw.accounts.models import User
from opw.communities import permissions
from opw.communities.models import Community


@login_not_required
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    return render(request, "communities/list.html", {"communities": Community.objects.all()})


@login_not_required
@require_safe
def community(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Community.objects.prefetch_related("channels", "resources"), slug=slug)
    may_run = isinstance(request.user, User) and permissions.may_run(request.user, found)
    people = {"coordinators": found.coordinators.order_by("name"), "maintainers": found.maintainers.order_by("name")}
    return render(request, "communities/detail.html", {"community": found, "may_run": may_run, **people})
