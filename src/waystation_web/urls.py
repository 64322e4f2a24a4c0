"""Every address of the office. An address that tests/security/test_access.py does not know fails there."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, register_converter

from .gateways.address import IdInAddress

register_converter(IdInAddress, "id")

handler400 = "waystation_web.middleware.bad_request"
handler403 = "waystation_web.middleware.refused"
handler404 = "waystation_web.middleware.not_found"
handler500 = "waystation_web.middleware.failed"

urlpatterns: list[URLPattern | URLResolver] = []
