"""Putting an idea away, taking it out again, and copying one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects import actions, permissions
from projects.forms import CopyForm
from projects.views.writing import visible_project


@require_POST
def archive(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_archive(request.user, project))
    try:
        actions.archive_idea(project=project, by=request.user)
        messages.success(request, "Archived. The page stays at its address; nobody is offered the project any more.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)


@require_POST
def take_out(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_archive(request.user, project))
    try:
        actions.take_out_of_archive(project=project, by=request.user)
        messages.success(request, "Out of the archive. Its readiness says what it needs before it can be offered.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    form = CopyForm(request.POST or None, initial={"community": project.community_id, "title": project.title})
    if request.method == "POST" and form.is_valid():
        made = actions.copy_idea(project=project, by=request.user, **form.cleaned_data)
        messages.success(request, "This is your draft now. Only you can see it until you publish it.")
        return redirect(made)
    return render(request, "projects/copy.html", {"project": project, "form": form})
