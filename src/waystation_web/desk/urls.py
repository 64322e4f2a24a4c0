"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views, views_search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("now/", views.now, name="now"),
    path("now/rows/", views.rows, name="now-rows"),
    path("board/", views.board, name="board"),
    path("stream/road/", views.stream, name="stream-road"),
    path("search/", views_search.page, name="search"),
    path("hand-over/", views.hand_over, name="hand-over"),
]
