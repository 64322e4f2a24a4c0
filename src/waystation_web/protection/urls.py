"""Addresses of protection."""

from __future__ import annotations

from django.urls import path

from . import views, views_breach

urlpatterns = [
    path("protection/", views.protection, name="protection"),
    path("protection/assessments/new/", views.begin, name="assessment-new"),
    path("protection/assessments/<id:assessment>/", views.assessment, name="assessment"),
    path("protection/assessments/<id:assessment>/sign/", views.sign, name="assessment-sign"),
    path("protection/drills/", views.drill, name="drill-new"),
    path("protection/drills/take/", views.take, name="drill-take"),
    path("protection/leave/", views.leave, name="leave-demonstration"),
    path("breaches/", views_breach.breaches, name="breaches"),
    path("breaches/<id:breach>/", views_breach.breach, name="breach"),
    path("breaches/<id:breach>/scope/", views_breach.scope, name="breach-scope"),
    path("breaches/<id:breach>/step/", views_breach.step, name="breach-step"),
    path("breaches/<id:breach>/close/", views_breach.close, name="breach-close"),
]
