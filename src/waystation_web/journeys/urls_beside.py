"""Addresses of what stands beside a journey: who goes along."""

from __future__ import annotations

from django.urls import path

from . import views_escort

BESIDE = [
    path("journeys/<id:journey>/along/", views_escort.along, name="journey-along"),
    path("journeys/<id:journey>/along/answer/", views_escort.answer, name="journey-along-answer"),
]
