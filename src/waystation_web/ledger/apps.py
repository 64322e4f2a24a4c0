"""The app's name for Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """See the package."""

    name = "waystation_web.ledger"
    label = "ledger"

    def ready(self) -> None:
        """What this app knows of a contact stands on their page."""
        from waystation_web.contacts.gathering import SOURCES

        from .of_contact import SOURCE

        SOURCES[self.label] = SOURCE
