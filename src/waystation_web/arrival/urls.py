"""Addresses of arrivals."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("arrivals/", views.arrivals, name="arrivals"),
    path("arrivals/<id:followup>/", views.arrival, name="arrival"),
]
