"""The app's name for Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """See the package."""

    name = "waystation_web.plans"
    label = "plans"
