"""Newly reviewed projects as an Atom feed (RFC 4287)."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed

from projects.models import Project

NEWEST = 50


class ReviewedProjects(Feed):  # type: ignore[type-arg]  # one feed, of no object
    """The projects that became reviewed last; a public page, and it says no more than those do."""

    feed_type = Atom1Feed
    title = "OPW: newly reviewed projects"
    subtitle = "Projects for interns, as their communities' maintainers review them."
    link = reverse_lazy("projects:list")
    author_name = "OPW"

    def items(self) -> QuerySet[Project]:
        """The newest first."""
        visible = Project.objects.visible_to(AnonymousUser()).filter(state=Project.State.REVIEWED)
        return visible.select_related("community").order_by("-reviewed_at", "-pk")[:NEWEST]

    def item_title(self, item: Project) -> str:
        return f"{item.title} ({item.community})"

    def item_description(self, item: Project) -> str:
        return item.summary

    def item_pubdate(self, item: Project) -> datetime | None:
        return item.reviewed_at
