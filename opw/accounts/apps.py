from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "opw.accounts"
    verbose_name = "Accounts"
