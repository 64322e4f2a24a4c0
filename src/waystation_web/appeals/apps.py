"""The app's name for Django."""

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    """See the package."""

    name = "waystation_web.appeals"
    label = "appeals"
