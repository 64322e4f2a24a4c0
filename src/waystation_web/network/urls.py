"""Addresses of the route book. A sheet's name is one of the book's own fixed words; everything else is an opaque id."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from . import views, views_chain, views_export, views_import, views_notices
from .sheets import NAMES
from .words import NOTICES

urlpatterns: list[URLPattern | URLResolver] = [
    path("book/", views.book, name="book"),
    path("book/map/", views.book_map, name="book-map"),
    path("book/report/", views.report, name="book-report"),
    path("book/colleagues/", views.colleagues, name="book-colleagues"),
    path("book/notices/", views_notices.notices, name="book-notices"),
    path("book/notices/<id:notice>/withdraw/", views_notices.withdraw, name="book-notice-withdraw"),
    *(path(f"book/notices/{kind}/new/", views_notices.new, {"kind": kind}, name="book-notice-new") for kind in NOTICES),
    path("book/imports/", views_import.imports, name="book-import"),
    path("book/imports/<id:batch>/", views_import.one, name="book-import-one"),
    path("book/imports/<id:batch>/file/", views_import.bring, name="book-import-file"),
    path("book/imports/<id:batch>/apply/", views_import.apply, name="book-import-apply"),
    path("book/imports/<id:batch>/undo/", views_import.undo, name="book-import-undo"),
    path("book/exports/", views_export.exports, name="book-export"),
    path("book/exports/<id:export>/", views_export.one, name="book-export-one"),
    path("book/exports/<id:export>/sign/", views_export.sign, name="book-export-sign"),
    path("book/exports/<id:export>/build/", views_export.build, name="book-export-build"),
    path("book/exports/<id:export>/fetch/", views_export.fetch, name="book-export-fetch"),
    path("book/rows/<id:row>/", views.row, name="book-row"),
    path("book/rows/<id:row>/remove/", views.row_remove, name="book-row-remove"),
    path("book/rows/<id:row>/restore/", views.row_restore, name="book-row-restore"),
    path("book/rows/<id:row>/chain/", views_chain.chain, name="book-chain"),
    path("book/sheets/chains/new/", views_chain.new, name="book-chain-new"),
    *(path(f"book/sheets/{sheet}/", views.sheet, {"sheet": sheet}, name="book-sheet") for sheet in NAMES),
    *(path(f"book/sheets/{sheet}/new/", views.row_new, {"sheet": sheet}, name="book-row-new")
      for sheet in NAMES if sheet != "chains"),
]
