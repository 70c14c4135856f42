from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "opw.site"
    verbose_name = "The roof"
