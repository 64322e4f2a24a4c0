"""The app's name for Django."""

from django.apps import AppConfig


class ArrivalConfig(AppConfig):
    """See the package."""

    name = "waystation_web.arrival"
    label = "arrival"
