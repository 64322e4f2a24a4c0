"""The app's name for Django."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """See the package."""

    name = "waystation_web.directory"
    label = "directory"
