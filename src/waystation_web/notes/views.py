"""Pages of notes. What is sealed travels in bodies, never in addresses; a write is followed by a redirect."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.gateways import clock
from waystation_web.vault.epochs import certificate
from waystation_web.vault.errors import Changed

from . import actions, queries
from .forms import EndForm, FileForm, NoteForm, SearchForm, ShareForm, ShredForm
from .ranges import answer

DONE = frozenset({"written", "shared", "ended", "shredded", "attached"})


def _done(request: HttpRequest) -> str:
    """The act that a redirect confirms: one word of a fixed list, or nothing."""
    said = request.GET.get("done", "")
    return said if said in DONE else ""


@require_http_methods(["GET", "POST"])
@signed_in
def notes(request: HttpRequest) -> HttpResponse:
    """The notes of this person; POST searches them, so that the words stand in no address."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    refused: list[bytes] = []
    found = queries.listing(request.actor, words, refused=refused)
    return render(request, "notes/list.html", {"notes": found, "form": form, "words": words, "done": _done(request),
                                               "destroyed": certificate(clock.now()).words(), "refused": len(refused)})


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Write a note."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        note = actions.create(request.actor, title=form.cleaned_data["title"], text=form.cleaned_data["text"])
        return redirect("note", note=note.hex())
    return render(request, "notes/new.html", {"form": form}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def note(request: HttpRequest, note: bytes) -> HttpResponse:
    """Read a note, or write it anew. Who loses a race sees both versions, and nothing is saved."""
    if request.method == "GET":
        return _page(request, note)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, note, status=400, form=form)
    typed = form.cleaned_data
    try:
        actions.write(request.actor, note, title=typed["title"], text=typed["text"], revision=typed["revision"])
    except Changed:
        return _conflict(request, note, typed)
    return _back(note, "written")


@require_POST
@signed_in
def share(request: HttpRequest, note: bytes) -> HttpResponse:
    """Share a note: first the colleague's eight words are shown for comparing by voice, then it is done."""
    form = ShareForm(request.POST)
    if not form.is_valid():
        return _page(request, note, status=400, share=form)
    asked = form.cleaned_data
    if not asked["compared"]:
        opened, other = queries.sharing(request.actor, note, asked["colleague"])
        return render(request, "notes/share.html", {"note": opened, "colleague": other, "form": form})
    actions.share(request.actor, note, asked["colleague"], reason=asked["reason"], until=asked["until"])
    return _back(note, "shared")


@require_POST
@signed_in
def end(request: HttpRequest, note: bytes) -> HttpResponse:
    """End somebody's reading of a note."""
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, note, status=400)
    whose = form.cleaned_data["colleague"]
    actions.end(request.actor, note, whose)
    return redirect_done("notes", "ended") if whose == request.actor.id else _back(note, "ended")


@require_POST
@signed_in
def shred(request: HttpRequest, note: bytes) -> HttpResponse:
    """Destroy a note, after a box was ticked and the person has shown again who they are."""
    form = ShredForm(request.POST)
    if not form.is_valid():
        return _page(request, note, status=400, shred=form)
    actions.shred(request.actor, note)
    return redirect_done("notes", "shredded")


@require_POST
@signed_in
def file_add(request: HttpRequest, note: bytes) -> HttpResponse:
    """Keep a file with a note."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, note, status=400, file=form)
    upload = form.cleaned_data["file"]
    actions.attach(request.actor, note, upload, name=upload.name)
    return _back(note, "attached")


@require_GET
@signed_in
def file(request: HttpRequest, note: bytes, file: bytes) -> HttpResponseBase:
    """A file of a note, as a download under a name that says nothing."""
    found = queries.download(request.actor, note, file)
    return answer(request, found, name=f"file-{file.hex()[:8]}.bin")


def _page(request: HttpRequest, note: bytes, *, status: int = 200, form: NoteForm | None = None,
          **forms: Any) -> HttpResponse:
    shown = queries.page(request.actor, note)
    form = form or NoteForm(initial={"title": shown.note.title, "text": shown.note.text,
                                     "revision": shown.note.revision})
    others = {"share": ShareForm(), "file": FileForm(), "shred": ShredForm()} | forms
    return render(request, "notes/note.html", {"page": shown, "note": shown.note, "form": form, "forms": others,
                                               "done": _done(request)}, status=status)


def _conflict(request: HttpRequest, note: bytes, typed: dict[str, Any]) -> HttpResponse:
    shown = queries.page(request.actor, note)
    form = NoteForm(initial={"title": typed["title"], "text": typed["text"], "revision": shown.note.revision})
    return render(request, "notes/conflict.html", {"note": shown.note, "form": form, "typed": typed}, status=409)


def _back(note: bytes, done: str) -> HttpResponse:
    return redirect_done("note", done, note=note.hex())


def redirect_done(name: str, done: str, **where: str) -> HttpResponse:
    """Back to a page, which confirms with one word of a fixed list."""
    response = redirect(name, **where)
    response["Location"] += f"?done={done}"
    return response
