"""Addresses of journeys and incidents."""

from __future__ import annotations

from django.urls import path

from waystation.journeys.status import JOURNEY

from . import views
from .words import HANDS

EVENTS = dict.fromkeys(event for _, event in JOURNEY if event not in {"open", *HANDS})

urlpatterns = [
    path("journeys/", views.journeys, name="journeys"),
    path("journeys/<id:journey>/", views.journey, name="journey"),
    path("journeys/<id:journey>/heard/", views.check_in, name="journey-heard"),
    path("journeys/<id:journey>/mine/", views.hold, name="journey-hold"),
    path("journeys/<id:journey>/release/", views.release, name="journey-release"),
    path("decisions/<id:decision>/journey/", views.open_, name="journey-open"),
    *(path(f"journeys/<id:journey>/step/{event}/", views.step, {"event": event}, name="journey-step")
      for event in EVENTS),
]
