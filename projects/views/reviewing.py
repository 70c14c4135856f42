"""Peer review, deed by deed; all of it is shown on the idea's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects import actions, permissions
from projects.forms import PointForm, ReplyForm, ResolveForm, SeenRevisionForm
from projects.models import Project, ReviewPoint
from projects.views.writing import visible_project


@require_http_methods(["GET", "HEAD", "POST"])
def open_point(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_open_point(request.user, project))
    form = PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.open_point(project=project, by=request.user, **form.cleaned_data)
        messages.success(request, "Your point is open until you resolve it.")
        return redirect(project)
    return render(request, "projects/open_point.html", {"project": project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def answer_point(request: AuthedRequest, pk: int) -> HttpResponse:
    point = _visible_point(request, pk)
    require(permissions.may_answer(request.user, point))
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_point(point=point, by=request.user, **form.cleaned_data)
            return redirect(f"{point.project.get_absolute_url()}#point-{point.pk}")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "projects/answer_point.html", {"point": point, "project": point.project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def resolve_point(request: AuthedRequest, pk: int) -> HttpResponse:
    point = _visible_point(request, pk)
    require(permissions.may_resolve(request.user, point))
    form = ResolveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.resolve_point(point=point, by=request.user, **form.cleaned_data)
            return redirect(f"{point.project.get_absolute_url()}#point-{point.pk}")
        except Refused as refusal:
            form.add_error("because", str(refusal))
    return render(request, "projects/resolve_point.html", {"point": point, "project": point.project, "form": form})


@require_POST
def approve(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_approve(request.user, project))
    form = SeenRevisionForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused("Please open the page again and approve what you read there.")
        actions.approve_idea(project=project, by=request.user, **form.cleaned_data)
        messages.success(request, "Thank you. Your approval is recorded for this revision.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)


def _visible_point(request: AuthedRequest, pk: int) -> ReviewPoint:
    visible = Project.objects.visible_to(request.user)
    points = ReviewPoint.objects.filter(project__in=visible).select_related("project__community", "author")
    return get_object_or_404(points, pk=pk)
