"""The app's name for Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """See the package."""

    name = "waystation_web.network"
    label = "network"
