"""What pages of lower floors show of projects."""

from typing import Any

from django import template
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from opw.communities.models import Community
from opw.rounds.models import Round
from projects.board import board_of
from projects.models import Intern, Listing, Project

register = template.Library()


@register.inclusion_tag("projects/_of_community.html")
def projects_of_community(community: Community) -> dict[str, Any]:
    """A community's reviewed projects, its ideas, its board and its past interns, on the community's page."""
    shown = Q(state__in=[Project.State.REVIEWED, Project.State.IDEA, Project.State.IN_REVIEW])
    put_away = Q(state=Project.State.ARCHIVED)
    were_interns = Intern.objects.filter(project=OuterRef("pk"), round__released_at__isnull=False)
    with_interns = Project.objects.filter(community=community).annotate(
        past_interns=ArraySubquery(
            were_interns.values(
                json=JSONObject(name="name", round="round__name", slug="round__slug", at="round__announcement_at")
            )
        )
    )
    # Any: each also has the past_interns of the annotation.
    found: list[Any] = list(with_interns.filter(shown | put_away & Exists(were_interns)).with_people())
    reviewed = [project for project in found if project.is_reviewed]
    interns = [{**intern, "project": project} for project in found for intern in project.past_interns]
    return {
        "reviewed": reviewed,
        "ideas": [project for project in found if project.state in (Project.State.IDEA, Project.State.IN_REVIEW)],
        "board": board_of(reviewed),
        "interns": sorted(interns, key=lambda intern: intern["at"], reverse=True),
    }


@register.simple_tag
def listing_count(round: Round) -> int:
    """How many projects a round offers."""
    return Listing.objects.of_round(round).count()
