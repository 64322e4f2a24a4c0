"""The app's name for Django."""

from django.apps import AppConfig


class TestimonyConfig(AppConfig):
    """See the package."""

    name = "waystation_web.testimony"
    label = "testimony"
