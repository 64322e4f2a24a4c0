"""The app's name for Django."""

from django.apps import AppConfig


class PacksConfig(AppConfig):
    """See the package."""

    name = "waystation_web.packs"
    label = "packs"
