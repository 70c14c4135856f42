"""The public pages, for search engines."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from opw.communities.models import Community
from opw.rounds.models import Round
from projects.models import Project


class Pages(Sitemap[str]):
    """The pages there is one of."""

    def items(self) -> list[str]:
        return ["site:home", "site:how_it_works", "projects:list", "projects:ideas", "communities:list", "rounds:list"]

    def location(self, item: str) -> str:
        return reverse(item)


class Projects(Sitemap[Project]):
    def items(self) -> QuerySet[Project]:
        return Project.objects.visible_to(AnonymousUser()).select_related("community").order_by("pk")


class Communities(Sitemap[Community]):
    def items(self) -> QuerySet[Community]:
        return Community.objects.all()


class Rounds(Sitemap[Round]):
    def items(self) -> QuerySet[Round]:
        return Round.objects.published(timezone.now())


SITEMAPS = {"pages": Pages, "projects": Projects, "communities": Communities, "rounds": Rounds}
