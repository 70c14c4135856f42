"""Letting a community in, and what it says of itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.communities import actions, permissions
from opw.communities.forms import CommunityForm, EditCommunityForm
from opw.communities.models import Community
from opw.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AuthedRequest) -> HttpResponse:
    require(permissions.may_found(request.user))
    form = CommunityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            community = actions.found_community(by=request.user, **form.cleaned_data)
            messages.success(request, f"{community} is here. Invite its first coordinator.")
            return redirect("communities:people", community.slug)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    return render(request, "communities/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    require(permissions.may_run(request.user, community))
    form = EditCommunityForm(request.POST or None, instance=Community.objects.get(pk=community.pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_community(community=community, by=request.user, **form.lists, **form.cleaned_data)
            return redirect(community)
        except Refused as refusal:
            form.refuse(refusal, "name")
    lists = [("Where to meet", form.channels), ("For newcomers", form.resources)]
    return render(request, "communities/edit.html", {"community": community, "form": form, "lists": lists})
