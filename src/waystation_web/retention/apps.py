"""The app's name for Django."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """See the package."""

    name = "waystation_web.retention"
    label = "retention"
