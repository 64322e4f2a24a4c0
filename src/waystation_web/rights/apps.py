"""The app's name for Django."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """See the package."""

    name = "waystation_web.rights"
    label = "rights"
