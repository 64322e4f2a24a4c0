"""The one application, for uvicorn. It refuses to exist where it would be unsafe."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation_web.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()

from .gateways.safety import refuse_unsafe_start

refuse_unsafe_start()
