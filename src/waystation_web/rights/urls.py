"""Addresses of law and practice."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("rights/", views.countries, name="rights"),
    path("rights/ways/", views.ways, name="rights-ways"),
    path("rights/doors/", views.doors, name="rights-doors"),
]
