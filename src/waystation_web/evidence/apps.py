"""The app's name for Django."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """See the package."""

    name = "waystation_web.evidence"
    label = "evidence"
