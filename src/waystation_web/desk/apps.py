"""The app's name for Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """See the package."""

    name = "waystation_web.desk"
    label = "desk"
