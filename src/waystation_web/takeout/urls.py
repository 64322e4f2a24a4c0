"""Addresses of takeouts."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("takeout/", views.takeouts, name="takeouts"),
    path("takeout/<id:takeout>/", views.takeout, name="takeout"),
    path("takeout/<id:takeout>/sign/", views.sign, name="takeout-sign"),
    path("takeout/<id:takeout>/release/", views.release, name="takeout-release"),
    path("takeout/<id:takeout>/made/", views.made, name="takeout-made"),
]
