"""Addresses of figures."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/arrivals.svg", views.picture, name="figures-picture"),
    path("figures/own/", views.own, name="own-figures"),
    path("figures/own/numbers.csv", views.own_table, name="own-figures-table"),
    path("figures/own/picture.svg", views.own_picture, name="own-figures-picture"),
    path("figures/numbers.csv", views.table, name="figures-table"),
]
