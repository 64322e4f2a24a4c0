"""Addresses of claims."""

from __future__ import annotations

from django.urls import path

from . import views_complaint, views_demand, views_request

urlpatterns = [
    path("demands/", views_demand.demands, name="demands"),
    path("demands/<id:demand>/", views_demand.demand, name="demand"),
    path("complaints/", views_complaint.complaints, name="complaints"),
    path("complaints/<id:complaint>/", views_complaint.complaint, name="complaint"),
    path("own-files/", views_request.own_files, name="own-files"),
    path("own-files/<id:own>/", views_request.own_file, name="own-file"),
    path("own-files/<id:own>/pack/", views_request.pack, name="own-file-pack"),
    path("own-files/<id:own>/text/", views_request.pack_text, name="own-file-text"),
]
