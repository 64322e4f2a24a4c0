"""Addresses of figures."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/arrivals.svg", views.picture, name="figures-picture"),
    path("figures/numbers.csv", views.table, name="figures-table"),
]
