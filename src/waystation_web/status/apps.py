"""The app's name for Django."""

from django.apps import AppConfig


class StatusConfig(AppConfig):
    """See the package."""

    name = "waystation_web.status"
    label = "status"
