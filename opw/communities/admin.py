from typing import Any

from django.contrib import admin
from django.db import models

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
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["coordinators", "maintainers"]
    formfield_overrides = HTTPS
    inlines = [ChannelInline, ResourceInline]
