from django.contrib import admin

from opw.communities.models import Channel, Community, Resource


class ChannelInline(admin.TabularInline[Channel, Community]):
    model = Channel
    extra = 1


class ResourceInline(admin.TabularInline[Resource, Community]):
    model = Resource
    extra = 1


@admin.register(Community)
class CommunityAdmin(admin.ModelAdmin[Community]):
    list_display = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    filter_horizontal = ["coordinators", "maintainers"]
    inlines = [ChannelInline, ResourceInline]
