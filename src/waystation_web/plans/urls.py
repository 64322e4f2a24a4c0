"""Addresses of plans."""

from __future__ import annotations

from django.urls import include, path

from . import views, views_ask, views_wanted

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/sheets.css", views.style, name="plan-style"),
    path("plans/", views_ask.compare, name="plan-compare"),
    path("plans/<id:plan>/", views_ask.plan, name="plan-show"),
    path("plans/<id:plan>/map/", views_ask.geometry, name="plan-map"),
    path("plans/<id:plan>/wanted/", views_wanted.give, name="plan-wanted"),
    path("cases/<id:case>/plans/", views_ask.case_plans, name="case-plans"),
    path("", include("waystation_web.plans.urls_decide")),
    path("", include("waystation_web.plans.urls_change")),
]
