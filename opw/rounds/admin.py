from django.contrib import admin
from django.http import HttpRequest

from opw.rounds.models import Extension, Participation, Round, Slot


class SlotInline(admin.TabularInline[Slot, Participation]):
    model = Slot


@admin.register(Participation)
class ParticipationAdmin(admin.ModelAdmin[Participation]):
    list_display = ["community", "round"]
    inlines = [SlotInline]


@admin.register(Round)
class RoundAdmin(admin.ModelAdmin[Round]):
    list_display = ["name", "applications_close_at", "announcement_at", "released_at"]
    readonly_fields = ["slug"]  # its address stays

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A round is planned on its own page, which gives it its questions as well."""
        return False


admin.site.register(Extension)
