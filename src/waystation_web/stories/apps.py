"""The app's name for Django."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """See the package."""

    name = "waystation_web.stories"
    label = "stories"
