"""Importing a page of ideas, for coordinators: bring it, see what its import would do, choose."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opw.access import require
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.communities.models import Community
from opw.errors import Refused
from projects import permissions
from projects.actions import importing
from projects.actions.importing.report import in_short
from projects.forms import ChosenForm, PageForm
from projects.models import BroughtPage


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: AuthedRequest, slug: str) -> HttpResponse:
    community = _community_to_import(request.user, slug)
    form = PageForm(request.POST, request.FILES) if request.method == "POST" else PageForm()
    if form.is_bound and form.is_valid():
        try:
            reviewed = form.cleaned_data["is_reviewed"]
            importing.bring_page(community=community, by=request.user, content=form.content(), reviewed=reviewed)
            return redirect("projects:import_choose", slug)
        except Refused as refusal:
            form.add_error(form.source, str(refusal))
    waiting = _pages(request.user, community).first()
    return render(request, "projects/import.html", {"community": community, "form": form, "waiting": waiting})


@require_safe
def choose(request: AuthedRequest, slug: str) -> HttpResponse:
    community = _community_to_import(request.user, slug)
    page = get_object_or_404(_pages(request.user, community))
    return render(request, "projects/import_choose.html", {"community": community, "page": page})


@require_POST
def import_chosen(request: AuthedRequest, slug: str) -> HttpResponse:
    community = _community_to_import(request.user, slug)
    page = get_object_or_404(_pages(request.user, community))
    form = ChosenForm(request.POST, ideas=len(page.findings["ideas"]))
    try:
        places = set(form.cleaned_data["places"]) if form.is_valid() else set()
        imported = importing.import_chosen(page=page, by=request.user, places=places)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("projects:import_choose", slug)
    messages.success(request, f"Imported. {in_short(imported)}")
    return redirect(community)


@require_POST
def give_up(request: AuthedRequest, slug: str) -> HttpResponse:
    community = _community_to_import(request.user, slug)
    importing.give_up_page(page=get_object_or_404(_pages(request.user, community)), by=request.user)
    messages.success(request, "The page is forgotten; nothing of it was imported.")
    return redirect("projects:import", slug)


def _community_to_import(user: User, slug: str) -> Community:
    community = get_object_or_404(Community, slug=slug)
    require(permissions.may_import(user, community))
    return community


def _pages(user: User, community: Community) -> QuerySet[BroughtPage]:
    """The page that she brought for this community, if there is one."""
    return BroughtPage.objects.kept(timezone.now()).filter(community=community, by=user).defer("text")
