"""Addresses of the directory."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("directory/", views.directory, name="directory"),
    path("directory/said/", views.said, name="directory-said"),
    path("directory/calendar/", views.calendar, name="directory-calendar"),
    path("directory/<id:listed>/", views.entry, name="directory-entry"),
]
