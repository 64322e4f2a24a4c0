"""The one application, for uvicorn. It refuses to exist where it would be unsafe."""

from __future__ import annotations

import os
from typing import Any

from .gateways.safety import refuse_unsafe_start
from .vault.bodies import application as office

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation_web.settings")


def known(scope: dict[str, Any]) -> bool:
    """Whether somebody signed in asks."""
    from .accounts.sessions import comes_with  # needs Django to be set up, which the application does
    return comes_with(scope)


application = office(known)  # not Django's own: it would write large bodies to a disk in clear
refuse_unsafe_start()
