"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from . import views, views_copies, views_packages, views_stamps

urlpatterns = [
    path("evidence/", views.items, name="evidence"),
    path("evidence/new/", views.new, name="item-new"),
    path("evidence/packages/", views_packages.packages, name="packages"),
    path("evidence/packages/<id:package>/", views_packages.package, name="package"),
    path("evidence/packages/<id:package>/sign/", views_packages.sign, name="package-sign"),
    path("evidence/packages/<id:package>/build/", views_packages.build, name="package-build"),
    path("evidence/packages/<id:package>/file/", views_packages.fetch, name="package-fetch"),
    path("evidence/stamps/", views_stamps.stamps, name="stamps"),
    path("evidence/stamps/file/", views_stamps.file, name="stamp-file"),
    path("evidence/stamps/key/", views_stamps.key, name="signer-new"),
    path("evidence/stamps/authority/", views_stamps.authority, name="authority-new"),
    path("evidence/stamps/<id:signer>/certify/", views_stamps.certify, name="signer-certify"),
    path("evidence/stamps/<id:authority>/bring/", views_stamps.bring, name="stamp-bring"),
    path("evidence/<id:exhibit>/", views.item, name="item"),
    path("evidence/<id:exhibit>/file/", views.receive, name="item-receive"),
    path("evidence/<id:exhibit>/answer/", views.answer, name="item-answer"),
    path("evidence/<id:exhibit>/refuse/", views.refuse, name="item-refuse"),
    path("evidence/<id:exhibit>/original/", views.original, name="item-original"),
    path("evidence/<id:exhibit>/look/", views_copies.look, name="item-look"),
    path("evidence/<id:exhibit>/pictures/<id:picture>/", views_copies.picture, name="item-picture"),
    path("evidence/<id:exhibit>/copy/", views_copies.copy, name="item-copy"),
    path("evidence/<id:exhibit>/seen/", views_copies.seen, name="item-seen"),
    path("evidence/<id:exhibit>/clear/", views_copies.clear, name="item-clear"),
]
