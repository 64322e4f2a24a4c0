"""Addresses of status."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("status/", views.applications, name="applications"),
    path("status/waits/", views.waits, name="waits"),
    path("status/<id:application>/", views.application, name="application"),
    path("status/<id:application>/memo/", views.memo, name="application-memo"),
    path("status/<id:application>/memo/text/", views.memo_text, name="application-memo-text"),
    path("status/<id:application>/memo/file/", views.memo_file, name="application-memo-file"),
]
