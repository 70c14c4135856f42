"""What pages of lower floors show of projects."""

from typing import Any

from django import template

from opw.communities.models import Community
from opw.rounds.models import Round
from projects.models import Listing, Project

register = template.Library()


@register.inclusion_tag("projects/_of_community.html")
def projects_of_community(community: Community) -> dict[str, Any]:
    """A community's reviewed projects and its ideas, on the community's page."""
    shown = [Project.State.REVIEWED, Project.State.IDEA, Project.State.IN_REVIEW]
    found = list(Project.objects.filter(community=community, state__in=shown).with_people())
    return {
        "reviewed": [project for project in found if project.is_reviewed],
        "ideas": [project for project in found if not project.is_reviewed],
    }


@register.simple_tag
def listing_count(round: Round) -> int:
    """How many projects a round offers."""
    return Listing.objects.of_round(round).count()
