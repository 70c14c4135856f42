"""Words that somebody typed, found in listings: first as they are, else words like them."""

from dataclasses import dataclass

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from projects.models import Listing, ProjectSkill

LONGEST_SEARCH = 200
MOST_WORDS = 6
# A shorter word is like too many others.
SHORTEST_WORD = 4
# Two letters that changed places in a word of six ("memroy" for "memory") make 0.43; different words make less.
LIKE_ENOUGH = 0.42


@dataclass(frozen=True)
class Hits:
    """The listings that were found, best first, and whether only words like those typed were found."""

    listings: list[int]
    are_guessed: bool = False


def search(listings: QuerySet[Listing], text: str) -> Hits:
    """Full-text search with stemming, title before body; when it finds nothing, typing errors are forgiven."""
    query = SearchQuery(text, search_type="websearch", config="english")
    ranked = listings.filter(project__search=query).annotate(rank=SearchRank(F("project__search"), query))
    if exact := list(ranked.order_by("-rank", "project__title", "pk").values_list("pk", flat=True)):
        return Hits(exact)
    guessed = _with_words_like(listings, text)
    return Hits(guessed, are_guessed=bool(guessed))


def _with_words_like(listings: QuerySet[Listing], text: str) -> list[int]:
    """The listings of which each word is in the text, or is like one of their titles' or their skills'."""
    words = [word for word in text.split() if len(word) >= SHORTEST_WORD][:MOST_WORDS]
    if not words:
        return []
    skills = ProjectSkill.objects.order_by().filter(project=OuterRef("project")).values("project")
    named = skills.annotate(names=StringAgg("skill__name", " ")).values("names")
    skills_named = Coalesce(Subquery(named), Value(""), output_field=TextField())
    found = listings.annotate(names=Concat("project__title", Value(" "), skills_named, output_field=TextField()))
    likeness = [TrigramWordSimilarity(word, "names") for word in words]
    for number, (word, like) in enumerate(zip(words, likeness, strict=True)):
        found = found.annotate(**{f"like_{number}": like}).filter(
            Q(**{f"like_{number}__gt": LIKE_ENOUGH}) | Q(project__search=SearchQuery(word, config="english"))
        )
    together = sum(likeness[1:], likeness[0])
    return list(found.order_by(together.desc(), "project__title", "pk").values_list("pk", flat=True))
