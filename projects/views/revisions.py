"""An idea's revisions, and what changed between two of them. Whoever may read the idea may read these."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects.forms import CompareForm
from projects.models import Project
from projects.revisions import changes, facts_of, revisions_of


@login_not_required
@require_safe
def revisions(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    project = _readable_project(request, community, slug)
    context = {"project": project, "revisions": revisions_of(project)}
    return render(request, "projects/revisions.html", context)


@login_not_required
@require_safe
def compare(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    project = _readable_project(request, community, slug)
    form = CompareForm(request.GET)
    if not form.is_valid():
        raise Http404("No two revisions are named.")
    older, newer = sorted([form.cleaned_data["one"], form.cleaned_data["other"]])
    before, after = facts_of(project, older), facts_of(project, newer)
    if before is None or after is None:
        raise Http404("No such revision.")
    context = {"project": project, "older": older, "newer": newer, "changes": changes(before, after)}
    return render(request, "projects/compare.html", context)


def _readable_project(request: HttpRequest, community: str, slug: str) -> Project:
    visible = Project.objects.visible_to(request.user).select_related("community")
    return get_object_or_404(visible, community__slug=community, slug=slug)
