"""Addresses of contacts."""

from __future__ import annotations

from django.urls import path

from . import views, views_asked, views_flags, views_links, views_reach

urlpatterns = [
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/new/", views.new, name="contact-new"),
    path("contacts/<id:contact>/", views.contact, name="contact"),
    path("contacts/<id:contact>/grade/", views.grade, name="contact-grade"),
    path("contacts/<id:contact>/vet/", views.vet, name="contact-vet"),
    path("contacts/<id:contact>/stop/", views.stop, name="contact-stop"),
    path("contacts/<id:contact>/task/", views.task, name="contact-task"),
    path("contacts/<id:contact>/flag/", views_flags.flag, name="contact-flag"),
    path("contacts/<id:contact>/lift/", views_flags.lift, name="contact-lift"),
    path("contacts/<id:contact>/asked/", views_asked.asked, name="contact-asked"),
    path("contacts/<id:contact>/asked/paid/", views_asked.paid, name="contact-asked-paid"),
    path("contacts/<id:contact>/let-be/", views_asked.let_be, name="contact-let-be"),
    path("contacts/<id:contact>/links/", views_links.links, name="contact-links"),
    path("contacts/<id:contact>/give/", views.give, name="contact-give"),
    path("contacts/<id:contact>/reach/", views_reach.handle, name="contact-handle"),
    path("contacts/<id:contact>/reach/<id:handle>/", views_reach.number, name="contact-number"),
    path("contacts/<id:contact>/reach/<id:handle>/used/", views_reach.used, name="contact-used"),
    path("contacts/<id:contact>/reach/<id:handle>/share/", views_reach.share, name="contact-share"),
    path("contacts/<id:contact>/reach/<id:handle>/share/second/", views_reach.share_second,
         name="contact-share-second"),
]
