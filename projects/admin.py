from django.contrib import admin

from projects.models import Project


@admin.register(Project)
class ProjectAdmin(admin.ModelAdmin[Project]):
    list_display = ["title", "community", "state"]
    list_filter = ["state", "community"]

    def has_change_permission(self, request: object, obj: object = None) -> bool:
        """Ideas are edited on their pages, where revisions and approvals are kept true."""
        return False
