from django.contrib import admin

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
    prepopulated_fields = {"slug": ["name"]}


admin.site.register(Extension)
