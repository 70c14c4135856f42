from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "opw.mail"
    verbose_name = "Letters"
