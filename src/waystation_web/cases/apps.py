"""The app's name for Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See the package."""

    name = "waystation_web.cases"
    label = "cases"
