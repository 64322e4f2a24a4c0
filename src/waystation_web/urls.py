"""Every address of the office. An address that tests/security/test_access.py does not know fails there."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, register_converter

from .gateways.address import IdInAddress

register_converter(IdInAddress, "id")

urlpatterns: list[URLPattern | URLResolver] = []
