"""Addresses of cases. Only opaque ids stand in them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from . import (
    views,
    views_case,
    views_import,
    views_names,
    views_people,
    views_request,
    views_similar,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("cases/", views.cases, name="cases"),
    path("cases/new/", views.new, name="case-new"),
    path("cases/imports/", views_import.imports, name="case-import"),
    path("cases/imports/<id:batch>/", views_import.one, name="case-import-one"),
    path("cases/imports/<id:batch>/file/", views_import.bring, name="case-import-file"),
    path("cases/imports/<id:batch>/apply/", views_import.apply, name="case-import-apply"),
    path("cases/imports/<id:batch>/undo/", views_import.undo, name="case-import-undo"),
    path("cases/export/", views_import.export, name="case-export"),
    path("cases/<id:case>/", views_case.case, name="case"),
    path("cases/<id:case>/notes/", views_case.note, name="case-notes"),
    path("cases/<id:case>/tasks/", views_case.tasks, name="case-tasks"),
    path("cases/<id:case>/tasks/done/", views_case.task_done, name="case-task-done"),
    path("cases/<id:case>/promises/", views_case.promises, name="case-promises"),
    path("cases/<id:case>/promises/kept/", views_case.promise_kept, name="case-promise-kept"),
    path("cases/<id:case>/scales/", views_case.scales, name="case-scales"),
    path("cases/<id:case>/watch/", views_case.watch, name="case-watch"),
    path("cases/<id:case>/history/", views_case.history, name="case-history"),
    path("cases/<id:case>/team/", views_case.team, name="case-team"),
    path("cases/<id:case>/similar/", views_similar.likely, name="case-similar"),
    path("cases/<id:case>/request/", views_request.request_, name="case-request"),
    path("cases/<id:case>/people/", views_people.people, name="case-people"),
    path("cases/<id:case>/people/<id:person>/", views_people.person, name="case-person"),
    path("cases/<id:case>/people/<id:person>/remove/", views_people.person_remove, name="case-person-remove"),
    path("cases/<id:case>/households/", views_people.household, name="case-household"),
    path("cases/<id:case>/relations/", views_people.relation, name="case-relation"),
    path("cases/<id:case>/relations/remove/", views_people.relation_remove, name="case-relation-remove"),
    path("", include("waystation_web.cases.urls_asked")),
    path("", include("waystation_web.cases.urls_consent")),
    path("cases/<id:case>/names/", views_names.new, name="case-names"),
    path("cases/<id:case>/names/<id:record>/", views_names.one, name="case-name"),
    path("cases/<id:case>/names/<id:record>/share/", views_names.share, name="case-name-share"),
]
