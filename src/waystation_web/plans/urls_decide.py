"""Addresses of decisions and of the sheets that are read aloud."""

from __future__ import annotations

from django.urls import path

from . import views_decide as views

urlpatterns = [
    path("plans/<id:plan>/decide/", views.decide, name="plan-decide"),
    path("plans/<id:plan>/sheet/", views.sheet, name="plan-sheet"),
    path("decisions/<id:decision>/", views.decision, name="decision"),
    path("decisions/<id:decision>/sign/", views.sign, name="decision-sign"),
    path("decisions/<id:decision>/decline/", views.decline, name="decision-decline"),
    path("decisions/<id:decision>/dissent/", views.dissent, name="decision-dissent"),
]
