"""Addresses of contacts."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/new/", views.new, name="contact-new"),
    path("contacts/<id:contact>/", views.contact, name="contact"),
    path("contacts/<id:contact>/grade/", views.grade, name="contact-grade"),
    path("contacts/<id:contact>/vet/", views.vet, name="contact-vet"),
    path("contacts/<id:contact>/reach/", views.handle, name="contact-handle"),
    path("contacts/<id:contact>/reach/<id:handle>/share/", views.share, name="contact-share"),
    path("contacts/<id:contact>/reach/<id:handle>/share/second/", views.share_second, name="contact-share-second"),
]
