"""Addresses of reading packs."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("packs/", views.packs, name="packs"),
    path("packs/whose/", views.whose, name="packs-whose"),
    path("packs/<id:pack>/", views.pack, name="pack"),
    path("packs/<id:pack>/copy/", views.copy, name="pack-copy"),
]
