"""Addresses of what plans had said beside what came of them, and of what a closed journey taught."""

from __future__ import annotations

from django.urls import path

from . import views_checks, views_taught

urlpatterns = [
    path("journeys/checks/", views_checks.checks, name="plan-checks"),
    path("journeys/<id:journey>/taught/", views_taught.taught, name="journey-taught"),
]
