"""The app's name for Django."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """See the package."""

    name = "waystation_web.records"
    label = "records"
