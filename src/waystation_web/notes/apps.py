"""The app's name for Django."""

from django.apps import AppConfig


class NotesConfig(AppConfig):
    """See the package."""

    name = "waystation_web.notes"
    label = "notes"
