"""Addresses of stories."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("stories/", views.stories, name="stories"),
    path("stories/<id:story>/", views.story, name="story"),
]
