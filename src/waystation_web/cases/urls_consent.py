"""Addresses of consent, screenings, referrals and steps."""

from __future__ import annotations

from django.urls import path

from . import views_consent as views
from . import views_screens as screens

urlpatterns = [
    path("cases/<id:case>/consents/", views.consents, name="case-consents"),
    path("cases/<id:case>/consents/say/", views.say, name="case-consent-say"),
    path("cases/<id:case>/consents/back/", views.take_back, name="case-consent-back"),
    path("cases/<id:case>/referrals/", views.refer, name="case-refer"),
    path("cases/<id:case>/vital/", views.vital, name="case-vital"),
    path("cases/<id:case>/vital/read/", views.vital_read, name="case-vital-read"),
    path("cases/<id:case>/screens/", screens.screens, name="case-screen"),
    path("cases/<id:case>/step/", views.move, name="case-step"),
]
