"""The app's name for Django."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """See the package."""

    name = "waystation_web.protection"
    label = "protection"
