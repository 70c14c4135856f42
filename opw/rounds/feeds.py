"""What happens in the rounds, as an Atom feed (RFC 4287): each publication, and each announcement of results."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from opw.rounds.models import Round
from opw.times import day_in_words, in_words

NEWEST = 50


@dataclass(frozen=True)
class News:
    """One moment of a round that everybody may know of, once it has come."""

    round: Round
    name: str
    title: str
    words: str
    at: datetime
    link: str


class NewsOfRounds(Feed):  # type: ignore[type-arg]  # one feed, of no object
    """The newest first; results are no news before they are released, however late that is."""

    feed_type = Atom1Feed
    title = "OPW: rounds"
    subtitle = "New rounds of internships, and the announcement of each round's interns."
    link = reverse_lazy("rounds:list")
    author_name = "OPW"

    def items(self) -> list[News]:
        """What has happened by now."""
        rounds = Round.objects.published(timezone.now())
        news = [_opened(round) for round in rounds] + [_announced(round) for round in rounds if round.is_released]
        return sorted(news, key=lambda one: one.at, reverse=True)[:NEWEST]

    def item_title(self, item: News) -> str:
        return item.title

    def item_description(self, item: News) -> str:
        return item.words

    def item_link(self, item: News) -> str:
        return item.link

    def item_pubdate(self, item: News) -> datetime:
        return item.at

    def item_guid(self, item: News) -> str:
        """A tag URI (RFC 4151), which stays when addresses do not."""
        return f"tag:{urlsplit(settings.SITE_URL).hostname},2013:rounds/{item.round.slug}/{item.name}"


def _opened(round: Round) -> News:
    opens, closes = in_words(round.applications_open_at), in_words(round.applications_close_at)
    words = (
        f"Applications are open from {opens} until {closes}. "
        f"Internships begin on {day_in_words(round.internship_starts_on)}."
    )
    return News(round, "published", f"{round} is published", words, round.published_at, round.get_absolute_url())


def _announced(round: Round) -> News:
    assert round.released_at
    interns = reverse("projects:interns", args=[round.slug])
    words = f"The interns of {round} are announced, with the projects that they work on."
    return News(round, "announced", f"The interns of {round} are announced", words, round.released_at, interns)
