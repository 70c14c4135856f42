from django.contrib import admin

from applications.models import Question


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin[Question]):
    list_display = ["label", "round", "form", "kind", "is_required"]
    list_filter = ["round", "form"]
