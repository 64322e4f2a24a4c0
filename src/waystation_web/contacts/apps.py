"""The app's name for Django."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """See the package."""

    name = "waystation_web.contacts"
    label = "contacts"
