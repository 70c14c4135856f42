from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "opw.communities"
    verbose_name = "Communities"
