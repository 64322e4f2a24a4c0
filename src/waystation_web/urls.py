"""Every address of the office. An address that tests/security/test_access.py does not know fails there."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from .gateways.address import IdInAddress

register_converter(IdInAddress, "id")

handler400 = "waystation_web.middleware.bad_request"
handler403 = "waystation_web.middleware.refused"
handler404 = "waystation_web.middleware.not_found"
handler500 = "waystation_web.middleware.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("waystation_web.accounts.urls")),
    path("", include("waystation_web.audit.urls")),
    path("", include("waystation_web.notes.urls")),
    path("", include("waystation_web.takeout.urls")),
    path("", include("waystation_web.contacts.urls")),
    path("", include("waystation_web.duty.urls")),
    path("", include("waystation_web.directory.urls")),
    path("", include("waystation_web.library.urls")),
    path("", include("waystation_web.cases.urls")),
    path("", include("waystation_web.network.urls")),
    path("", include("waystation_web.plans.urls")),
    path("", include("waystation_web.ledger.urls")),
    path("", include("waystation_web.journeys.urls")),
    path("", include("waystation_web.journeys.urls_checks")),
    path("", include("waystation_web.season.urls")),
    path("", include("waystation_web.status.urls")),
    path("", include("waystation_web.arrival.urls")),
    path("", include("waystation_web.claims.urls")),
    path("", include("waystation_web.appeals.urls")),
    path("", include("waystation_web.petitions.urls")),
    path("", include("waystation_web.retention.urls")),
    path("", include("waystation_web.protection.urls")),
    path("", include("waystation_web.desk.urls")),
    path("", include("waystation_web.rights.urls")),
    path("", include("waystation_web.figures.urls")),
    path("", include("waystation_web.testimony.urls")),
    path("", include("waystation_web.evidence.urls")),
    path("", include("waystation_web.stories.urls")),
    path("", include("waystation_web.packs.urls")),
]
