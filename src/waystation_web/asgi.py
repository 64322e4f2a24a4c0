"""The one application, for uvicorn. It refuses to exist where it would be unsafe."""

from __future__ import annotations

import os

from .gateways.safety import refuse_unsafe_start
from .vault.bodies import application as office

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation_web.settings")
application = office()  # not Django's own: it would write large bodies to a disk in clear
refuse_unsafe_start()
