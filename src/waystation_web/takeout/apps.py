"""The app's name for Django."""

from django.apps import AppConfig


class TakeoutConfig(AppConfig):
    """See the package."""

    name = "waystation_web.takeout"
    label = "takeout"
