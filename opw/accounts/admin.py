from django.contrib import admin

from opw.accounts.models import User


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ["email", "name", "is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "timezone", "is_staff", "is_active"]
