"""The app's name for Django."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """See the package."""

    name = "waystation_web.library"
    label = "library"
