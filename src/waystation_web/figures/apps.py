"""The app's name for Django."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """See the package."""

    name = "waystation_web.figures"
    label = "figures"
