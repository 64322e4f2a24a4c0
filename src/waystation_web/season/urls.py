"""Addresses of seasons."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("season/", views.seasons, name="seasons"),
    path("season/new/", views.new, name="season-new"),
    path("season/<id:season>/", views.season, name="season"),
    path("season/<id:season>/confirm/", views.confirm, name="season-confirm"),
    path("season/<id:season>/decline/", views.decline, name="season-decline"),
]
