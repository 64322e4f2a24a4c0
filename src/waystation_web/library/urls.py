"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from . import views, views_out

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/new/", views.new, name="library-new"),
    path("library/paste/", views.paste, name="library-paste"),
    path("library/people/", views.people, name="library-people"),
    path("library/notes/", views.notes, name="library-notes"),
    path("library/pack/", views_out.pack, name="library-pack"),
    path("library/citations/", views_out.citations, name="library-citations"),
    path("library/<id:publication>/", views.entry, name="library-entry"),
]
