"""The app's name for Django."""

from django.apps import AppConfig


class SeasonConfig(AppConfig):
    """See the package."""

    name = "waystation_web.season"
    label = "season"
