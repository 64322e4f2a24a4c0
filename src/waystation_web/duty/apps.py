"""The app's name for Django."""

from django.apps import AppConfig


class DutyConfig(AppConfig):
    """See the package."""

    name = "waystation_web.duty"
    label = "duty"
