"""Addresses of what-ifs."""

from __future__ import annotations

from django.urls import path

from . import views_change

urlpatterns = [
    path("cases/<id:case>/what-if/", views_change.case_what_if, name="case-what-if"),
    path("what-if/<id:plan>/", views_change.what_if, name="what-if"),
]
