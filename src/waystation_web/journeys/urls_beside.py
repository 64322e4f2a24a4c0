"""Addresses of what stands beside a journey: who goes along, its calls, custody after it."""

from __future__ import annotations

from django.urls import path

from . import views_call, views_custody, views_escort

BESIDE = [
    path("journeys/<id:journey>/along/", views_escort.along, name="journey-along"),
    path("journeys/<id:journey>/along/answer/", views_escort.answer, name="journey-along-answer"),
    path("journeys/<id:journey>/calls/", views_call.calls, name="journey-calls"),
    path("journeys/<id:journey>/calls/book/", views_call.book, name="journey-call-book"),
    path("journeys/<id:journey>/calls/outcome/", views_call.outcome, name="journey-call-outcome"),
    path("journeys/<id:journey>/calls/came/", views_call.came, name="journey-call-came"),
    path("journeys/<id:journey>/custody/", views_custody.custody, name="journey-custody"),
]
