"""Addresses of what people of a case were asked."""

from __future__ import annotations

from django.urls import path

from . import views_asked as views

urlpatterns = [
    path("cases/<id:case>/asked/", views.asked, name="case-choices"),
    path("cases/<id:case>/asked/answer/", views.answer, name="case-answer"),
    path("cases/<id:case>/asked/standing/", views.standing, name="case-standing"),
    path("cases/<id:case>/asked/child/", views.child, name="case-child"),
    path("cases/<id:case>/asked/child/second/", views.child_second, name="case-child-second"),
]
