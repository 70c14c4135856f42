"""For whoever looks for a project: the round's list, the unreviewed ideas, a project's page, and past interns."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from opw.accounts.models import User
from opw.rounds.models import Round
from opw.rounds.requests import current_round
from projects import permissions
from projects.filters import Finding
from projects.models import Listing, Project
from projects.readiness import unmet_conditions, with_what_is_checked
from projects.views.mentoring import mentoring_of
from projects.views.reviewing import review_of, review_threads
from projects.waiting import has_approved

PROJECTS_A_PAGE = 25


@login_not_required
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    round = current_round(request)
    finding = Finding(request.GET, round, timezone.now())
    page = finding.page(request.GET.get("page"), PROJECTS_A_PAGE)
    return render(request, "projects/list.html", {"round": round, "finding": finding, "page": page})


@login_not_required
@require_safe
def ideas(request: HttpRequest) -> HttpResponse:
    unreviewed = Project.objects.unreviewed().in_rows().defer(None).prefetch_related(*with_what_is_checked())
    page = Paginator(unreviewed.order_by("-created_at", "-pk"), PROJECTS_A_PAGE).get_page(request.GET.get("page"))
    ideas = [(idea, unmet_conditions(idea)) for idea in page.object_list]
    return render(request, "projects/ideas.html", {"page": page, "ideas": ideas})


@login_not_required
@require_safe
def project(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    readable = Project.objects.visible_to(request.user).with_people().select_related("copied_from__community")
    visible = readable.with_dead_links().prefetch_related(*review_threads())
    if isinstance(request.user, User):
        visible = visible.with_answer_to(request.user)
    found = visible.filter(community__slug=community, slug=slug).first()
    if found is None:
        return on_the_wiki(request, community, anchor=slug)
    round = current_round(request)
    listing = _listing_of(found, round)
    context: dict[str, Any] = {"project": found, "round": round, "listing": listing}
    context |= review_of(request, found)
    if isinstance(request.user, User):
        context |= _deeds(request.user, found, listing) | mentoring_of(request.user, found)
    return render(request, "projects/detail.html", context)


@login_not_required
@require_safe
def on_the_wiki(request: HttpRequest, community: str, anchor: str) -> HttpResponse:
    """Leads from what a wiki page called a project to its address, for good."""
    named = Project.objects.visible_to(request.user).named_on_the_wiki(anchor)
    found = named.filter(community__slug=community).select_related("community").first()
    if found is None:
        raise Http404
    return redirect(found, permanent=True)


@login_not_required
@require_safe
def interns(request: HttpRequest, slug: str) -> HttpResponse:
    round = get_object_or_404(Round.objects.published(timezone.now()), slug=slug)
    found = round.interns.select_related("project__community")
    return render(request, "projects/interns.html", {"round": round, "interns": found})


def _listing_of(project: Project, round: Round | None) -> Listing | None:
    """The project's listing in this round; it shares what the page has read of the project and the round."""
    listing = Listing.objects.of_round(round).select_related("participation").filter(project=project).first()
    if listing and round:
        listing.project = project
        listing.participation.round, listing.participation.community = round, project.community
    return listing


def _deeds(user: User, project: Project, listing: Listing | None) -> dict[str, Any]:
    """What this reader may do here."""
    return {
        "may_edit": permissions.may_edit(user, project),
        "may_withdraw": permissions.may_withdraw(user, project),
        "may_open_point": permissions.may_open_point(user, project),
        "may_approve": project.is_being_written and permissions.may_approve(user, project),
        "has_approved": has_approved(project, user),
        "may_list": permissions.may_list(user, project),
        "may_archive": permissions.may_archive(user, project),
        "may_close": listing is not None and permissions.may_close_to_newcomers(user, listing),
        "may_verify": permissions.may_verify(user, project),
    }
