"""Peer review: what the idea's page shows of it, deed by deed what can be done there, and what waits for a reviewer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opw.access import require
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects import actions, permissions
from projects.forms import BecauseForm, PointForm, ReplyForm, SeenRevisionForm
from projects.models import Approval, PointReply, Project, ReviewPoint
from projects.readiness import advice, conditions, unmet_conditions
from projects.views.writing import visible_project
from projects.waiting import last_approved, rows_of, waiting_for

IDEAS_A_PAGE = 50


def review_threads() -> list[Prefetch[str]]:
    """What prefetches an idea's points with their threads, and its approvals."""
    return [
        Prefetch("points", ReviewPoint.objects.select_related("author", "resolved_by")),
        Prefetch("points__replies", PointReply.objects.select_related("author")),
        Prefetch("approvals", Approval.objects.select_related("by")),
    ]


def review_of(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What an idea's page shows of its review: the checklist, and each point beside its section or at the end."""
    return _checklist_of(project, request.user) | _points_of(project, request.GET.get("points", ""))


def _checklist_of(project: Project, reader: User | AnonymousUser) -> dict[str, Any]:
    checks = conditions(project)
    return {
        "conditions": checks,
        "advice": advice(project, timezone.now().date()),
        "unmet": [check.missing for check in checks if not check.is_met],
        "approvals": project.approvals.all(),
        "approved_before": last_approved(project, reader) if isinstance(reader, User) else None,
    }


def _points_of(project: Project, asked: str) -> dict[str, Any]:
    """Unresolved points stand beside the section that they are about, unless nothing is written there.

    ``asked`` keeps those of one state; anything else keeps all.
    """
    state = asked if asked in ReviewPoint.State.values else ""
    points = list(project.points.all())
    shown = [point for point in points if not state or point.state == state]
    sections = project.sections()
    written = {field for field, _heading, _text in sections}
    beside = [point for point in shown if point.section in written and not point.resolved_at]
    return {
        "sections": [(*section, [point for point in beside if point.section == section[0]]) for section in sections],
        "points": [point for point in shown if point not in beside],
        "shown": state,
        "filters": [(one, sum(point.state == one for point in points)) for one in ReviewPoint.State],
        "all_points": len(points),
    }


@require_safe
def waiting(request: AuthedRequest) -> HttpResponse:
    page = Paginator(waiting_for(request.user), IDEAS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "projects/waiting.html", {"page": page, "waiting": rows_of(page.object_list, request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def open_point(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_open_point(request.user, project))
    form = PointForm(request.POST or None, initial={"section": request.GET.get("section", "")})
    if request.method == "POST" and form.is_valid():
        point = actions.open_point(project=project, by=request.user, **form.cleaned_data)
        messages.success(request, "Your point is open until you resolve it.")
        return redirect(f"{project.get_absolute_url()}#point-{point.pk}")
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
    form = BecauseForm(request.POST or None)
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
        messages.success(request, _thanks_for_approving(Project.objects.get(pk=project.pk)))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)


@require_POST
def verify(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_verify(request.user, project))
    actions.verify_idea(project=project, by=request.user)
    messages.success(request, "Verified today. Thank you.")
    return redirect(project)


def _thanks_for_approving(project: Project) -> str:
    """With what the idea still lacks, in words, until it is reviewed."""
    unmet = " ".join(unmet_conditions(project))
    then = f"It is reviewed once the rest is met: {unmet}" if unmet else "It is a reviewed project now."
    return f"Thank you. Your approval is recorded for this revision. {then}"


def _visible_point(request: AuthedRequest, pk: int) -> ReviewPoint:
    visible = Project.objects.visible_to(request.user)
    points = ReviewPoint.objects.filter(project__in=visible).select_related("project__community", "author")
    return get_object_or_404(points, pk=pk)
