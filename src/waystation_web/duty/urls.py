"""Addresses of the house."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("duty/", views.duty, name="duty"),
    path("duty/shift/", views.shift, name="duty-shift"),
    path("duty/leave/", views.leave, name="duty-leave"),
    path("duty/hand/", views.hand, name="duty-hand"),
    path("duty/<id:duty>/take/", views.take, name="duty-take"),
    path("duty/admit/", views.admit, name="duty-admit"),
    path("duty/cards/", views.cards, name="duty-cards"),
    path("duty/cards/<id:card>/", views.card, name="duty-card"),
    path("duty/limits/", views.limits, name="duty-limits"),
    path("duty/deputies/", views.deputies, name="duty-deputies"),
    path("duty/named/", views.naming, name="duty-named"),
    path("duty/fit/", views.fit, name="duty-fit"),
    path("duty/mine/", views.mine, name="duty-mine"),
]
