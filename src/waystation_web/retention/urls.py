"""Addresses of what goes and what stays. Only opaque ids stand in them."""

from __future__ import annotations

from django.urls import path

from . import views, views_clock

urlpatterns = [
    path("goes-soon/", views.goes_soon, name="goes-soon"),
    path("goes-soon/<id:record>/keep/", views.keep, name="goes-keep"),
    path("which-day/", views_clock.which_day, name="which-day"),
    path("holds/", views.holds, name="holds"),
    path("holds/<id:hold>/", views.hold, name="hold"),
    path("holds/<id:hold>/sign/", views.hold_sign, name="hold-sign"),
    path("holds/<id:hold>/move/", views.hold_move, name="hold-move"),
    path("destroy/<id:record>/", views.destroy, name="destroy"),
    path("destroy/<id:record>/sign/", views.destroy_sign, name="destroy-sign"),
    path("destroyed/<id:record>/", views.destroyed, name="destroyed"),
]
