"""For whoever writes ideas: proposing them, and taking them out of their drawer or back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.communities.models import Community
from opw.errors import Refused
from projects import actions, permissions
from projects.forms import ProposalForm
from projects.models import Project


def visible_project(request: AuthedRequest, community: str, slug: str) -> Project:
    """The project of an address, if this reader may see it; 404 otherwise."""
    visible = Project.objects.visible_to(request.user).select_related("community")
    return get_object_or_404(visible, community__slug=community, slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: AuthedRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        project = actions.propose_idea(community=community, by=request.user, **form.cleaned_data)
        messages.success(request, "Your draft is saved. Only you can see it until you publish it.")
        return redirect("projects:edit", community.slug, project.slug, "description")
    return render(request, "projects/propose.html", {"community": community, "form": form})


@require_POST
def publish(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_edit(request.user, project))
    try:
        actions.publish_idea(project=project, by=request.user)
        messages.success(request, "Everybody can read your idea now, and the maintainers can review it.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)


@require_POST
def withdraw(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_withdraw(request.user, project))
    try:
        actions.withdraw_idea(project=project, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)
