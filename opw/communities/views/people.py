"""Who has which role: invitations, answers, and the end of a role."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from opw.access import require
from opw.accounts.actions import revoke_invitation
from opw.accounts.forms import InvitationForm
from opw.accounts.models import User
from opw.accounts.requests import AuthedRequest
from opw.accounts.views import answer, count_invitation
from opw.communities import actions, permissions
from opw.communities.forms import RoleForm
from opw.communities.models import Community, Role, RoleInvitation
from opw.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: AuthedRequest, slug: str) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    require(permissions.may_run(request.user, community))
    kinds = [Role.COORDINATOR, Role.MAINTAINER]
    roles = [role for role in kinds if permissions.may_give(request.user, role, community)]
    form = RoleForm(request.POST or None, roles=roles, initial={"role": roles[0]})
    if request.method == "POST" and form.is_valid():
        return _invited(request, community, form.cleaned_data)
    members = [(role, community.people(role).order_by("name", "pk")) for role in kinds]
    return render(request, "communities/people.html", {"form": form} | _page(community, members))


@require_http_methods(["GET", "HEAD", "POST"])
def program(request: AuthedRequest) -> HttpResponse:
    require(permissions.may_give(request.user, Role.PROGRAM, None))
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _invited(request, None, form.cleaned_data | {"role": Role.PROGRAM})
    members = [(Role.PROGRAM, User.objects.filter(is_staff=True, is_active=True).order_by("name", "pk"))]
    return render(request, "communities/people.html", {"form": form} | _page(None, members))


@require_POST
def end_role(request: AuthedRequest, slug: str, role: str, pk: int) -> HttpResponse:
    community = get_object_or_404(Community, slug=slug)
    person = get_object_or_404(community.people(Role(role)), pk=pk)
    require(permissions.may_take(request.user, Role(role), community, person))
    return _ended(request, Role(role), community, person)


@require_POST
def end_program_role(request: AuthedRequest, pk: int) -> HttpResponse:
    require(permissions.may_give(request.user, Role.PROGRAM, None))
    return _ended(request, Role.PROGRAM, None, get_object_or_404(User, pk=pk, is_staff=True))


@require_POST
def send_again(request: AuthedRequest, pk: int) -> HttpResponse:
    found = _sent_invitation(request, pk)
    return _invited(request, found.community, {"role": found.role, "email": found.email})


@require_POST
def revoke(request: AuthedRequest, pk: int) -> HttpResponse:
    found = _sent_invitation(request, pk)
    try:
        revoke_invitation(invitation=found, by=request.user)
        messages.success(request, "The invitation is taken back; the link in the letter no longer works.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_place(found.community))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    found = get_object_or_404(RoleInvitation.objects.select_related("community", "invited_by").with_token(token))
    return answer(request, found, actions.accept_role)


@require_http_methods(["GET", "HEAD", "POST"])
def my_invitation(request: AuthedRequest, pk: int) -> HttpResponse:
    hers = RoleInvitation.objects.select_related("community", "invited_by").filter(email__iexact=request.user.email)
    return answer(request, get_object_or_404(hers, pk=pk), actions.accept_role)


def _page(community: Community | None, members: list[tuple[Role, Any]]) -> dict[str, Any]:
    invitations = RoleInvitation.objects.open().filter(community=community).select_related("community", "invited_by")
    return {"community": community, "members": members, "invitations": invitations, "now": timezone.now()}


def _invited(request: AuthedRequest, community: Community | None, asked: dict[str, Any]) -> HttpResponse:
    count_invitation(request, asked["email"])
    actions.invite_to_role(**asked | {"role": Role(asked["role"])}, community=community, by=request.user)
    messages.success(request, "The letter is on its way. The link in it works for two weeks.")
    return redirect(_place(community))


def _ended(request: AuthedRequest, role: Role, community: Community | None, person: User) -> HttpResponse:
    try:
        actions.end_role(role=role, community=community, person=person, by=request.user)
        messages.success(request, f"{person} is no {role.label} now.")
    except Refused as refusal:
        messages.error(request, str(refusal))
    if person == request.user:
        return redirect(community or "communities:list")
    return redirect(_place(community))


def _place(community: Community | None) -> str:
    return reverse("communities:people", args=[community.slug]) if community else reverse("communities:program")


def _sent_invitation(request: AuthedRequest, pk: int) -> RoleInvitation:
    """An open invitation to a role in what this person runs; 403 for others."""
    found: RoleInvitation = get_object_or_404(RoleInvitation.objects.open().select_related("community"), pk=pk)
    require(permissions.may_run(request.user, found.community) if found.community else request.user.is_staff)
    return found
