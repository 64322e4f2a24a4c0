"""The app's name for Django."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Sealed rows."""

    name = "waystation_web.vault"
    label = "vault"
