"""Starter tasks, deed by deed; all of them are shown on their project's page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects import actions, permissions
from projects.forms import TaskForm
from projects.models import Project, StarterTask
from projects.views.writing import visible_project


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_offer_tasks(request.user, project))
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.offer_task(project=project, by=request.user, **form.cleaned_data)
        messages.success(request, "Newcomers can see the task now.")
        return _back_to(project)
    return render(request, "projects/offer_task.html", {"project": project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, pk: int) -> HttpResponse:
    task = _visible_task(request, pk)
    require(permissions.may_offer_tasks(request.user, task.project))
    form = TaskForm(request.POST or None, instance=StarterTask.objects.get(pk=task.pk))
    if request.method == "POST" and form.is_valid():
        actions.edit_task(task=task, by=request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return _back_to(task.project)
    return render(request, "projects/edit_task.html", {"task": task, "project": task.project, "form": form})


@require_POST
def retire(request: AuthedRequest, pk: int) -> HttpResponse:
    task = _visible_task(request, pk)
    require(permissions.may_offer_tasks(request.user, task.project))
    retired = request.POST.get("retired") == "yes"

    def act() -> None:
        actions.retire_task(task=task, by=request.user, retired=retired, at=request.received_at)

    return _done(request, task, act, "Newcomers no longer see the task." if retired else "Offered again.")


@require_POST
def release(request: AuthedRequest, pk: int) -> HttpResponse:
    task = _visible_task(request, pk)
    require(permissions.may_offer_tasks(request.user, task.project))
    return _done(request, task, lambda: actions.release_task(task=task, by=request.user), "The task is free again.")


@require_POST
def give_back(request: AuthedRequest, pk: int) -> HttpResponse:
    task = _visible_task(request, pk)
    done = "You gave the task back. Thank you for telling us; another one may fit you better."
    return _done(request, task, lambda: actions.give_back_task(task=task, by=request.user), done)


def _visible_task(request: AuthedRequest, pk: int) -> StarterTask:
    visible = Project.objects.visible_to(request.user)
    return get_object_or_404(
        StarterTask.objects.filter(project__in=visible).select_related("project__community"), pk=pk
    )


def _done(request: AuthedRequest, task: StarterTask, act: Callable[[], None], words: str) -> HttpResponse:
    """Do it and say so, or say why not."""
    try:
        act()
        messages.success(request, words)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back_to(task.project)


def _back_to(project: Project) -> HttpResponse:
    return redirect(f"{project.get_absolute_url()}#begin")
