from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from opw.communities.models import Channel, Community, Resource

# An address typed without its scheme is meant as https.
HTTPS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}


class ChannelInline(admin.TabularInline[Channel, Community]):
    model = Channel
    formfield_overrides = HTTPS
    extra = 1


class ResourceInline(admin.TabularInline[Resource, Community]):
    model = Resource
    formfield_overrides = HTTPS
    extra = 1


@admin.register(Community)
class CommunityAdmin(admin.ModelAdmin[Community]):
    list_display = ["name", "slug"]
    filter_horizontal = ["coordinators", "maintainers"]
    formfield_overrides = HTTPS
    inlines = [ChannelInline, ResourceInline]

    def get_readonly_fields(self, request: HttpRequest, obj: Community | None = None) -> list[str]:
        """An address is for good: the slug is chosen once."""
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Community | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ["name"]}
