"""The form of an idea, part by part: its pages, its drafts that save themselves, and its preview."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects import actions, permissions
from projects.forms import PartForm
from projects.models import IdeaDraft, Project
from projects.parts import MARKDOWN, PARTS, Part, part_after, part_of
from projects.views.writing import visible_project


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: AuthedRequest, community: str, slug: str, part: str = PARTS[0].name) -> HttpResponse:
    project, asked = _editable(request, community, slug, part)
    drafts = {draft.part: draft for draft in IdeaDraft.objects.of(request.user, project)}
    form = _form(request, project, asked, drafts.get(asked.name))
    if "save" not in request.POST or not form.is_valid():
        return _page(request, project, form, drafts, _beside_the_draft(form, drafts.get(asked.name)))
    try:
        actions.save_part(project=project, by=request.user, part=asked.name, edits=form.edits, opened=form.opened)
        messages.success(request, "Saved.")
        return _where_to_go_on(request, project, asked)
    except actions.Stale as stale:
        return _page(request, project, form, drafts, _beside_the_idea(form, project, stale))


@require_POST
def keep_draft(request: AuthedRequest, community: str, slug: str, part: str) -> JsonResponse:
    project, asked = _editable(request, community, slug, part)
    form = _form(request, project, asked, None)
    try:
        version = _kept_version(request, project, form)
        return JsonResponse({"version": version, "saved_at": request.received_at.isoformat()})
    except actions.OtherWindow as newer:
        return JsonResponse({"message": str(newer)}, status=409)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=400)


@require_POST
def discard_draft(request: AuthedRequest, community: str, slug: str, part: str) -> HttpResponse:
    project, asked = _editable(request, community, slug, part)
    form = _form(request, project, asked, None)
    try:
        actions.discard_draft(project=project, by=request.user, part=asked.name, opened=form.opened)
        messages.success(request, "Discarded. This is what the idea says.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:edit", community, slug, asked.name)


@require_POST
def preview(request: AuthedRequest) -> HttpResponse:
    return render(request, "projects/_preview.html", {"text": request.POST.get("text", "")})


def _editable(request: AuthedRequest, community: str, slug: str, part: str) -> tuple[Project, Part]:
    """The project and the part of an address, for those who may edit it."""
    project = visible_project(request, community, slug)
    require(permissions.may_edit(request.user, project))
    asked = part_of(part)
    if asked is None:
        raise Http404("An idea has no such part.")
    return project, asked


def _form(request: AuthedRequest, project: Project, part: Part, draft: IdeaDraft | None) -> PartForm:
    """The form of a part; it has the idea to itself, since what it cleans is written there."""
    data = request.POST if request.method == "POST" else None
    return PartForm(data, project=Project.objects.get(pk=project.pk), part=part, draft=draft)


def _page(
    request: AuthedRequest, project: Project, form: PartForm, drafts: dict[str, IdeaDraft], beside: dict[str, Any]
) -> HttpResponse:
    part = form.part
    parts = {"parts": PARTS, "part": part, "next": part_after(part), "markdown": MARKDOWN}
    page = {"project": project, "form": form, "drafts": drafts, "draft": drafts.get(part.name)}
    return render(request, "projects/edit.html", parts | page | beside)


def _kept_version(request: AuthedRequest, project: Project, form: PartForm) -> int:
    """The version of the draft that is kept; none, and 0, where the idea says the same already."""
    where: dict[str, Any] = {"project": project, "by": request.user, "part": form.part.name, "opened": form.opened}
    if form.adds_nothing:
        actions.discard_draft(**where)
        return 0
    return actions.keep_draft(**where, typed=form.typed, at=request.received_at).version


def _where_to_go_on(request: AuthedRequest, project: Project, part: Part) -> HttpResponse:
    following = part_after(part)
    if request.POST["save"] == "next" and following:
        return redirect("projects:edit", project.community.slug, project.slug, following.name)
    return redirect(project)


def _beside_the_idea(form: PartForm, project: Project, stale: actions.Stale) -> dict[str, Any]:
    """What others wrote meanwhile, beside what was typed; the next save replaces it knowingly."""
    form.add_error(None, str(stale))
    newer = PartForm(None, project=Project.objects.get(pk=project.pk), part=form.part, draft=None)
    form.go_on_from(newer)
    return {"others": "The idea as it is now", "differences": form.differences(newer.said)}


def _beside_the_draft(form: PartForm, draft: IdeaDraft | None) -> dict[str, Any]:
    """What the same person typed in another window, beside what she typed here."""
    if draft is None or not form.is_bound or form.knows(draft):
        return {}
    form.go_on_with(draft.version)
    return {"others": "From the other window", "differences": form.differences(form.words(draft.typed))}
