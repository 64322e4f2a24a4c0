"""The app's name for Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """See the package."""

    name = "waystation_web.ledger"
    label = "ledger"
