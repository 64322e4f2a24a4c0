"""The app's name for Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who work here."""

    name = "waystation_web.accounts"
    label = "accounts"
