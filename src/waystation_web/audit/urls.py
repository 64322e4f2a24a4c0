"""Addresses of the record."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("audit/", views.log, name="audit-log"),
    path("audit/check/", views.check, name="audit-check"),
    path("audit/slip/", views.slip, name="audit-slip"),
    path("audit/slip/check/", views.slip_check, name="audit-slip-check"),
]
