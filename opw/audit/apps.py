from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "opw.audit"
    verbose_name = "Audit"
