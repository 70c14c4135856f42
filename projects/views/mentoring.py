"""Who mentors a project: offering, and confirming an offer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from opw.access import require
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from projects import actions, permissions
from projects.models import Mentorship
from projects.views.writing import visible_project


@require_POST
def offer_to_mentor(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    actions.offer_to_mentor(project=project, by=request.user)
    messages.success(request, "Thank you. A coordinator of the community confirms your offer.")
    return redirect(project)


@require_POST
def confirm_mentor(request: AuthedRequest, community: str, slug: str, pk: int) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_confirm_mentors(request.user, project))
    mentorship = get_object_or_404(Mentorship, pk=pk, project=project)
    try:
        actions.confirm_mentor(mentorship=mentorship, by=request.user)
        messages.success(request, f"{mentorship} mentors this project.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)
