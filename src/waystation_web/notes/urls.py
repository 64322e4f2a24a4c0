"""Addresses of notes."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("notes/", views.notes, name="notes"),
    path("notes/new/", views.new, name="note-new"),
    path("notes/<id:note>/", views.note, name="note"),
    path("notes/<id:note>/share/", views.share, name="note-share"),
    path("notes/<id:note>/end/", views.end, name="note-end"),
    path("notes/<id:note>/shred/", views.shred, name="note-shred"),
    path("notes/<id:note>/files/", views.file_add, name="note-file-add"),
    path("notes/<id:note>/files/<id:file>/", views.file, name="note-file"),
]
