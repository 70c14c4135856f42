"""What pages of lower floors show of applications: the way to apply, in its right state for this reader."""

from typing import Any

from django import template
from django.utils import timezone

from applications.actions.beginning import has_begun
from applications.claims import tasks_seen
from applications.models import Application
from opw.accounts.models import User
from opw.communities.permissions import may_run
from opw.rounds.models import Deadline, Deadlines
from projects.models import Listing, Project

register = template.Library()


@register.inclusion_tag("applications/_apply.html", takes_context=True)
def apply_to(context: dict[str, Any], listing: Listing) -> dict[str, Any]:
    """Apply, go on with the draft, or read what was submitted; or why not."""
    reader = context["request"].user
    signed_in = isinstance(reader, User)
    application = Application.objects.of(reader).filter(listing=listing).first() if signed_in else None
    now = timezone.now()
    closes_at = Deadlines(listing.round).of(Deadline.APPLICATIONS, listing.community, reader if signed_in else None)
    goes_on = listing.is_open(now) and bool(listing.closed_to_newcomers_at) and signed_in
    return {
        "listing": listing,
        "round": listing.round,
        "closes_at": closes_at,
        "application": application,
        "signed_in": signed_in,
        "is_mentor": signed_in and listing.project.is_mentored_by(reader),
        "is_coordinator": signed_in and may_run(reader, listing.community),
        "open": listing.is_open_to_newcomers(now),
        "goes_on": goes_on and has_begun(listing, reader, now),
        "request": context["request"],
    }


@register.inclusion_tag("projects/_tasks.html", takes_context=True)
def how_to_begin(context: dict[str, Any], project: Project, listing: Listing | None) -> dict[str, Any]:
    """The starter tasks of a project, each with what this reader can do."""
    request = context["request"]
    return {
        "project": project,
        "listing": listing,
        "seen": tasks_seen(project, listing, request.user, request.received_at),
        "request": request,
    }
