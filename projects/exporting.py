"""Listed projects as a page that an import reads back as the same ideas."""

from collections.abc import Iterable

from opw.text import one_line
from projects.models import SECTIONS, Listing, Mentorship, Project, ReviewPoint
from projects.wiki import WikiIdea, WikiMentor, WikiPage, WikiPoint, WikiResolution
from projects.wiki.clean import text_of
from projects.wiki.facts import LEVELS
from projects.wiki.ideas import with_what_is_missing

_COMMENTS = ("points__author", "points__resolved_by", "points__replies__author")


def page_of(listings: Iterable[Listing], *, with_addresses: bool = False) -> WikiPage:
    """The projects of these listings. Without ``with_addresses`` it says nothing that their public pages do not."""
    projects = {listing.project_id for listing in listings}
    found = Project.objects.filter(pk__in=projects).with_people().prefetch_related(*_COMMENTS)
    return WikiPage(tuple(_idea(project, with_addresses) for project in found.order_by("title", "pk")), ())


def _idea(project: Project, with_addresses: bool) -> WikiIdea:
    lowest, highest = project.difficulty_from, project.difficulty_to
    tags = project.skill_tags.all()
    idea = WikiIdea(
        title=one_line(project.title),
        anchor=project.imported.get("anchor", ""),
        mentors=tuple(_mentor(mentorship, with_addresses) for mentorship in project.mentorships.all()),
        difficulty=(LEVELS[lowest - 1], LEVELS[highest - 1]) if lowest and highest else None,
        inserted_on=project.inserted_on,
        verified_on=project.verified_on,
        gsoc=project.also_gsoc,
        points=tuple(_point(point) for point in project.points.all()),
        missing=(),
        doubtful=(),
        slug=project.slug,
        summary=one_line(project.summary),
        channels=text_of(project.channels),
        required_skills=tuple(str(tag) for tag in tags if tag.is_required),
        preferred_skills=tuple(str(tag) for tag in tags if not tag.is_required),
        **{name: text_of(getattr(project, name)) for name in SECTIONS},
    )
    return with_what_is_missing(idea)


def _mentor(mentorship: Mentorship, with_addresses: bool) -> WikiMentor:
    """Somebody with an account is called by her name alone: her account's own words for her may be her address."""
    user = mentorship.user
    email = (user.email if user else mentorship.email) if with_addresses else ""
    return WikiMentor((user.name if user else mentorship.name) or "A mentor without a name", email, mentorship.remark)


def _point(point: ReviewPoint) -> WikiPoint:
    resolved = None
    if point.resolved_at:
        by = point.resolved_by.name if point.resolved_by else point.resolved_by_name
        resolved = WikiResolution(point.resolved_at, by, one_line(point.resolved_because))
    replies = tuple(
        WikiPoint(reply.name, reply.at, point.section, text_of(reply.body)) for reply in point.replies.all()
    )
    return WikiPoint(point.name, point.at, point.section, text_of(point.body), replies, resolved)
