from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "opw.rounds"
    verbose_name = "Rounds"
