"""The one application, for uvicorn. It refuses to exist where it would be unsafe."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from .gateways.safety import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waystation_web.settings")
application = get_asgi_application()
refuse_unsafe_start()
