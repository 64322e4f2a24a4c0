"""The app's name for Django."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """See the package."""

    name = "waystation_web.journeys"
    label = "journeys"
