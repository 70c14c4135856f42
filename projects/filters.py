"""Finding a project in a round's list: search and filters that live in the address."""

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from opw.communities.models import Community
from projects.models import Difficulty, Listing, Skill


class ListingFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """The filters of section 5 of the design: q, community, difficulty, skill, gsoc."""

    q = django_filters.CharFilter(method="find", label="Search", widget=forms.TextInput(attrs={"type": "search"}))
    community = django_filters.ModelMultipleChoiceFilter(
        field_name="participation__community__slug",
        label="Community",
        to_field_name="slug",
        queryset=Community.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )
    difficulty = django_filters.TypedMultipleChoiceFilter(
        choices=Difficulty.choices,
        coerce=int,
        method="within_range",
        label="Difficulty",
        widget=forms.CheckboxSelectMultiple,
    )
    skill = django_filters.ModelMultipleChoiceFilter(
        field_name="project__skill_tags__skill__name",
        label="Skill",
        to_field_name="name",
        queryset=Skill.objects.all(),
        conjoined=True,
        widget=forms.CheckboxSelectMultiple,
    )
    gsoc = django_filters.BooleanFilter(
        method="only_gsoc", label="Also in Google Summer of Code", widget=forms.CheckboxInput
    )

    class Meta:
        model = Listing
        fields: list[str] = []

    def find(self, listings: QuerySet[Listing], name: str, value: str) -> QuerySet[Listing]:
        """Full-text search with stemming; a word in the title weighs more than one in the body."""
        query = SearchQuery(value, search_type="websearch", config="english")
        ranked = listings.filter(project__search=query).annotate(rank=SearchRank(F("project__search"), query))
        return ranked.order_by("-rank", "project__title")

    def within_range(self, listings: QuerySet[Listing], name: str, values: list[int]) -> QuerySet[Listing]:
        """Projects whose range of difficulty touches one of the levels asked for."""
        if not values:
            return listings
        return listings.filter(project__difficulty_from__lte=max(values), project__difficulty_to__gte=min(values))

    def only_gsoc(self, listings: QuerySet[Listing], name: str, value: bool) -> QuerySet[Listing]:
        """A box that is not ticked asks for nothing."""
        return listings.filter(project__also_gsoc=True) if value else listings
