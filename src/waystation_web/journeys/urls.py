"""Addresses of journeys and incidents."""

from __future__ import annotations

from django.urls import path

from waystation.journeys.status import JOURNEY

from . import views, views_again, views_embargo, views_incident, views_known, views_tracing
from .urls_beside import BESIDE
from .words import BY_THE_WHOLE

EVENTS = dict.fromkeys(event for _, event in JOURNEY if event not in {"open", *BY_THE_WHOLE})

urlpatterns = [
    *BESIDE,
    path("journeys/", views.journeys, name="journeys"),
    path("journeys/<id:journey>/", views.journey, name="journey"),
    path("journeys/<id:journey>/heard/", views.check_in, name="journey-heard"),
    path("journeys/<id:journey>/mine/", views.hold, name="journey-hold"),
    path("journeys/<id:journey>/release/", views.release, name="journey-release"),
    path("journeys/<id:journey>/again/", views_again.again, name="journey-again"),
    path("decisions/<id:decision>/journey/", views.open_, name="journey-open"),
    path("journeys/<id:journey>/incident/", views_incident.new, name="incident-new"),
    path("attend/", views_incident.attend, name="attend"),
    path("incidents/<id:incident>/", views_incident.incident, name="incident"),
    path("incidents/<id:incident>/line/", views_incident.task, name="incident-line"),
    path("incidents/<id:incident>/freeze/", views_incident.freeze, name="incident-freeze"),
    path("incidents/<id:incident>/let-go/", views_incident.let_go, name="incident-let-go"),
    path("incidents/<id:incident>/family/", views_incident.family, name="incident-family"),
    path("incidents/<id:incident>/tracing/", views_tracing.tracing, name="incident-tracing"),
    path("incidents/<id:incident>/traced/", views_tracing.answered, name="incident-traced"),
    path("incidents/<id:incident>/found/", views_tracing.found, name="incident-found"),
    path("incidents/<id:incident>/handed/", views_known.handed, name="incident-handed"),
    path("incidents/<id:incident>/purpose/", views_known.purpose, name="incident-purpose"),
    path("incidents/<id:incident>/embargo/", views_embargo.embargo, name="incident-embargo"),
    path("incidents/<id:incident>/lift/", views_embargo.lift, name="incident-lift"),
    path("incidents/<id:incident>/step/", views_incident.step, name="incident-step"),
    path("incidents/<id:incident>/demand/", views_incident.demand, name="incident-demand"),
    *(path(f"journeys/<id:journey>/step/{event}/", views.step, {"event": event}, name="journey-step")
      for event in EVENTS),
]
