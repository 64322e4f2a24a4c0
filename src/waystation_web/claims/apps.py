"""The app's name for Django."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """See the package."""

    name = "waystation_web.claims"
    label = "claims"
