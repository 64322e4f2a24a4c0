"""Pages of pictures: look at one after a press, make a copy of it, sign that a copy may go out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.gateways.database import writing
from waystation_web.notes.ranges import CLOSED
from waystation_web.vault.errors import NoSuchVault

from . import actions_copy as actions
from . import child, queries, showing
from .actions import TYPES
from .forms import CopyForm, KeyForm, SeenForm
from .views import done, page_of, tried

SIDE = 1200     # pixels of a glance at an original


@require_POST
@signed_in
def look(request: HttpRequest, exhibit: bytes) -> HttpResponse:
    """A picture in grey, after somebody pressed for it; hard ones are counted."""
    form = KeyForm(request.POST)
    key = form.cleaned_data["copy"] if form.is_valid() else ""
    with writing():
        found = queries.held(request.actor, exhibit)
        file = queries.copy_of(found, key).file.hex() if key else str(found.original.get("file", ""))
        if not file:
            raise NoSuchVault
        showing.count_one(request.actor, found.exposure)
    return render(request, "evidence/look.html", {"item": found, "file": file, "hard": found.exposure in showing.HARD,
                                                  "original": not key, "shown": showing.seen_by(request.actor)})


@require_GET
@signed_in
def picture(request: HttpRequest, exhibit: bytes, picture: bytes) -> HttpResponse:
    """The bytes of a copy; of an original a small copy with lines, made now in a child and kept nowhere."""
    with writing():
        found = queries.held(request.actor, exhibit)
        copy = next((one for one in found.copies if one.file == picture), None)
        if copy is None and found.original.get("file") != picture.hex():
            raise NoSuchVault
        data = queries.picture(request.actor, found, picture)
    if copy is None:
        made = child.copied(data, side=SIDE, grid=True)
        return _shown(made.data, made.format)
    return _shown(data, copy.format)


@require_POST
@signed_in
def copy(request: HttpRequest, exhibit: bytes) -> HttpResponse:
    """Make a working copy."""
    form = CopyForm(request.POST)
    if not form.is_valid():
        return page_of(request, exhibit, status=400, copy=form)
    said = form.cleaned_data
    made = tried(form, lambda: actions.make(request.actor, exhibit, why=said["why"], boxes=said["boxes"]),
                 mine=frozenset({"no_picture", "not_clean"}))
    return done("item", "copied", exhibit=exhibit.hex()) if made else page_of(request, exhibit, status=403, copy=form)


@require_POST
@signed_in
def seen(request: HttpRequest, exhibit: bytes) -> HttpResponse:
    """The first signature under a copy."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return page_of(request, exhibit, status=400, seen=form)
    said = form.cleaned_data

    def ask() -> bool:
        actions.ask(request.actor, exhibit, said["copy"], appears=said["appears"], found_by=said["found_by"])
        return True

    if not tried(form, ask, mine=frozenset({"not_covered"})):
        return page_of(request, exhibit, status=403, seen=form)
    return done("item", "asked", exhibit=exhibit.hex())


@require_POST
@signed_in
def clear(request: HttpRequest, exhibit: bytes) -> HttpResponse:
    """The second signature under a copy."""
    form = KeyForm(request.POST)
    key = form.cleaned_data["copy"] if form.is_valid() else ""
    actions.clear(request.actor, exhibit, key)
    return done("item", "cleared", exhibit=exhibit.hex())


def _shown(data: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=TYPES[kind])
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = CLOSED
    return response
