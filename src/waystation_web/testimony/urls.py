"""Addresses of testimony."""

from __future__ import annotations

from django.urls import path

from . import views, views_claims, views_coded
from .coded import SORTS

urlpatterns = [
    path("testimony/", views.statements, name="statements"),
    path("testimony/plan/", views.plan, name="statement-plan"),
    path("testimony/events/", views_coded.events, name="coded-events"),
    path("testimony/events/<id:coded>/", views_coded.event, name="coded-event"),
    path("testimony/facilities/", views_coded.facilities, name="facilities"),
    *(path(f"testimony/registers/{sort}/", views_coded.register, {"sort": sort}, name="register") for sort in SORTS),
    path("testimony/<id:statement>/", views.statement, name="statement"),
    path("testimony/<id:statement>/claims/", views_claims.claims, name="statement-claims"),
]
