"""Claiming a starter task, from its project's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from applications import actions
from opw.accounts.requests import AuthedRequest
from opw.errors import Refused
from opw.rounds.requests import current_round
from projects.models import Listing, Project, StarterTask


@require_POST
def claim(request: AuthedRequest, pk: int) -> HttpResponse:
    visible = StarterTask.objects.filter(project__in=Project.objects.visible_to(request.user))
    task = get_object_or_404(visible.select_related("project__community"), pk=pk)
    listing = Listing.objects.of_round(current_round(request)).with_round().filter(project=task.project).first()
    try:
        actions.claim_starter_task(task=task, listing=listing, by=request.user, received_at=request.received_at)
        messages.success(request, "The task is yours for a week. Say hello to the mentor, and record what you do.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{task.project.get_absolute_url()}#begin")
