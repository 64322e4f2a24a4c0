"""Addresses of appeals."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("appeals/", views.letters, name="letters"),
    path("appeals/<id:letter>/", views.letter, name="letter"),
    path("appeals/<id:letter>/file/", views.file, name="letter-file"),
    path("incidents/<id:incident>/appeals/", views.of_incident, name="incident-appeals"),
]
