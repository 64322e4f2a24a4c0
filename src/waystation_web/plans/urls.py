"""Addresses of plans."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/sheets.css", views.style, name="plan-style"),
]
