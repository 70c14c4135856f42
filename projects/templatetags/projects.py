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
    found = Project.objects.filter(community=community).with_people()
    return {
        "reviewed": found.filter(state=Project.State.REVIEWED),
        "ideas": found.unreviewed(),
    }


@register.simple_tag
def listing_count(round: Round) -> int:
    """How many projects a round offers."""
    return Listing.objects.of_round(round).count()
