"""Addresses of cases. Only opaque ids stand in them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/", views.cases, name="cases"),
    path("cases/new/", views.new, name="case-new"),
]
