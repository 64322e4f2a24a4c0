"""Addresses of petitions."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("petitions/", views.petitions, name="petitions"),
    path("petitions/<id:petition>/", views.petition, name="petition"),
    path("petitions/<id:petition>/sheet.pdf", views.sheet, name="petition-sheet"),
]
