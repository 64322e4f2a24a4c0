"""The app's name for Django, and the check that the ciphers of this machine are the right ones."""

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

from waystation.vault.selfcheck import faults


class VaultConfig(AppConfig):
    """Sealed rows."""

    name = "waystation_web.vault"
    label = "vault"

    def ready(self) -> None:
        """Refuse to be there at all if a cipher does not give its known answer."""
        if found := faults():
            raise ImproperlyConfigured(f"These ciphers give wrong answers on this machine: {', '.join(found)}. "
                                       "Nothing is opened or sealed. Set the environment up anew")
