"""Who mentors a project: offering, inviting, claiming one's name, confirming, declining and stepping back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from opw.access import require
from opw.accounts.actions import revoke_invitation
from opw.accounts.forms import InvitationForm
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.accounts.views import answer, count_invitation
from opw.errors import Refused
from projects import actions, permissions
from projects.forms import BecauseForm
from projects.models import MentorInvitation, Mentorship, Project
from projects.views.writing import visible_project


def mentoring_of(reader: User, project: Any) -> dict[str, Any]:
    """What a project's page shows a signed-in reader of mentoring it: how she stands to it, and what she may do.

    The project comes with_answer_to her.
    """
    people = project.mentorships.all()
    hers = next((mentorship for mentorship in people if mentorship.user_id == reader.pk), None)
    names = [one for one in people if one.user_id is None and one.email.casefold() == reader.email.casefold()]
    return {
        "my_mentorship": hers,
        "my_names": [] if hers and hers.confirmed_at else names,
        "declined_because": project.declined_because,
        "offers": sum(1 for one in people if one.user_id and not one.confirmed_at),
        "may_invite": permissions.may_invite_mentors(reader, project),
        "may_offer": project.wants_mentors and not hers and not project.declined_because,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def mentors(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_invite_mentors(request.user, project))
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count_invitation(request, form.cleaned_data["email"])
        try:
            actions.invite_mentor(project=project, by=request.user, **form.cleaned_data)
            messages.success(request, "The letter is on its way. The link in it works for two weeks.")
            return redirect("projects:mentors", community, slug)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "projects/mentors.html", {"form": form} | _who_mentors(request, project))


def _who_mentors(request: AuthedRequest, project: Project) -> dict[str, Any]:
    return {
        "project": project,
        "mentorships": project.mentorships.select_related("user"),
        "invitations": project.mentor_invitations.open().select_related("invited_by"),
        "may_confirm": permissions.may_confirm_mentors(request.user, project),
        "now": timezone.now(),
    }


@require_POST
def invite_named(request: AuthedRequest, community: str, slug: str, pk: int) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_confirm_mentors(request.user, project))
    named = get_object_or_404(project.mentorships.exclude(email=""), pk=pk, user=None)
    count_invitation(request, named.email)
    try:
        actions.invite_mentor(project=project, by=request.user, email=named.email, name=named.name[:100])
        messages.success(request, f"The letter to {named} is on its way. The link in it works for two weeks.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:mentors", community, slug)


@require_POST
def send_again(request: AuthedRequest, pk: int) -> HttpResponse:
    invitation = _sent_invitation(request, pk)
    count_invitation(request, invitation.email)
    project = invitation.project
    try:
        actions.invite_mentor(project=project, by=request.user, email=invitation.email)
        messages.success(request, "A new letter is on its way; the link in the older one no longer works.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:mentors", project.community.slug, project.slug)


@require_POST
def revoke(request: AuthedRequest, pk: int) -> HttpResponse:
    invitation = _sent_invitation(request, pk)
    try:
        revoke_invitation(invitation=invitation, by=request.user)
        messages.success(request, "The invitation is taken back; the link in the letter no longer works.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:mentors", invitation.project.community.slug, invitation.project.slug)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(_invitations().with_token(token))
    return answer(request, found, actions.accept_invitation)


@require_http_methods(["GET", "HEAD", "POST"])
def my_invitation(request: AuthedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_invitations(), pk=pk, email__iexact=request.user.email)
    return answer(request, found, actions.accept_invitation)


@require_POST
def offer_to_mentor(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    try:
        actions.offer_to_mentor(project=project, by=request.user)
        messages.success(request, "Thank you. A coordinator of the community confirms your offer.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(project)


@require_POST
def claim(request: AuthedRequest, community: str, slug: str, pk: int) -> HttpResponse:
    project = visible_project(request, community, slug)
    mentorship = get_object_or_404(Mentorship, pk=pk, project=project)
    require(permissions.may_claim(request.user, mentorship))
    try:
        actions.claim_mentorship(mentorship=mentorship, by=request.user)
        messages.success(request, "Thank you. A coordinator of the community confirms that you mentor it.")
    except Refused as refusal:
        messages.error(request, str(refusal))
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
    return redirect("projects:mentors", community, slug)


@require_http_methods(["GET", "HEAD", "POST"])
def end_mentorship(request: AuthedRequest, community: str, slug: str, pk: int) -> HttpResponse:
    project = visible_project(request, community, slug)
    require(permissions.may_confirm_mentors(request.user, project))
    mentorship = get_object_or_404(Mentorship, pk=pk, project=project)
    form = BecauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_mentorship(mentorship=mentorship, by=request.user, **form.cleaned_data)
            return redirect("projects:mentors", community, slug)
        except Refused as refusal:
            form.add_error("because", str(refusal))
    return render(request, "projects/end_mentorship.html", {"mentorship": mentorship, "project": project, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def step_back(request: AuthedRequest, community: str, slug: str) -> HttpResponse:
    project = visible_project(request, community, slug)
    mentorship = get_object_or_404(Mentorship, project=project, user=request.user)
    form = BecauseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.step_back_from_mentoring(mentorship=mentorship, by=request.user, **form.cleaned_data)
        messages.success(request, "You no longer mentor this project. Thank you for all you did.")
        return redirect(project)
    return render(request, "projects/step_back.html", {"mentorship": mentorship, "project": project, "form": form})


def _invitations() -> Any:
    return MentorInvitation.objects.select_related("project__community", "invited_by")


def _sent_invitation(request: AuthedRequest, pk: int) -> MentorInvitation:
    """An open invitation to a project that this person may invite to; 403 for others."""
    visible = Project.objects.visible_to(request.user)
    found: MentorInvitation = get_object_or_404(_invitations().open().filter(project__in=visible), pk=pk)
    require(permissions.may_invite_mentors(request.user, found.project))
    return found
