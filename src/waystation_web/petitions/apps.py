"""The app's name for Django."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """See the package."""

    name = "waystation_web.petitions"
    label = "petitions"
