"""What pages of lower floors show of projects."""

from typing import Any

from django import template
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from opw.communities.models import Community
from opw.rounds.models import Deadline, Deadlines, Round
from opw.templatetags.portal import absolute
from opw.text import render_markdown
from projects.board import board_of
from projects.filters import Choice
from projects.models import Intern, Listing, Project

LONGEST = 20_000  # what a section of an idea may have; more is not worth the time to render it

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
    found: list[Any] = list(with_interns.filter(shown | put_away & Exists(were_interns)).in_rows())
    reviewed = [project for project in found if project.is_reviewed]
    interns = [{**intern, "project": project} for project in found for intern in project.past_interns]
    return {
        "reviewed": reviewed,
        "ideas": [project for project in found if project.state in (Project.State.IDEA, Project.State.IN_REVIEW)],
        "board": board_of(list(Project.objects.filter(pk__in=[one.pk for one in reviewed]).with_people())),
        "interns": sorted(interns, key=lambda intern: intern["at"], reverse=True),
    }


@register.simple_tag
def choices(name: str, choices: list[Choice], *, one: bool = False, uncounted: bool = False) -> SafeString:
    """The boxes of a filter, or its radio buttons where only one can be chosen, each with its number.

    Not a template: a list has hundreds of them, and they were most of the time that it took.
    """
    box = '<label class="check"><input class="form-check-input" type="{}" name="{}" value="{}"{}> {}{}</label>'
    kind, checked = "radio" if one else "checkbox", SafeString(" checked")
    return format_html_join(
        "\n",
        box,
        (
            (
                kind, name, choice.value, checked if choice.is_asked else "", choice.words,
                "" if uncounted else format_html(" <small>{}</small>", choice.count),
            )
            for choice in choices
        ),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def posting(context: dict[str, Any], listing: Listing) -> dict[str, Any]:
    """A listing that newcomers can begin at, as a job posting; nothing for another one."""
    project, community = listing.project, listing.community
    if not listing.is_open_to_newcomers(context["request"].received_at):
        return {}
    return {
        "@type": "JobPosting",
        "title": project.title,
        "description": project.summary or project.title,
        "url": absolute(project.get_absolute_url()),
        "employmentType": "INTERN",
        "jobLocationType": "TELECOMMUTE",
        "directApply": True,
        "datePosted": listing.listed_at,
        "validThrough": Deadlines(listing.round).of(Deadline.APPLICATIONS, community),
        "hiringOrganization": organization(community),
    }


@register.simple_tag
def organization(community: Community) -> dict[str, Any]:
    """A community, in the words of schema.org."""
    facts = {"@type": "Organization", "name": community.name, "description": community.summary}
    where = {"url": absolute(community.get_absolute_url()), "sameAs": community.website}
    return facts | {name: address for name, address in where.items() if address}


@register.simple_tag
def listing_count(round: Round) -> int:
    """How many projects a round offers."""
    return Listing.objects.of_round(round).count()


@register.filter
def preview(text: str) -> SafeString:
    """Markdown as the idea's page will show it; what is too long to be saved is not rendered."""
    if len(text) > LONGEST:
        return SafeString(f"<p>This is longer than {LONGEST:,} characters, too long to be shown and to be saved.</p>")
    return render_markdown(text)
