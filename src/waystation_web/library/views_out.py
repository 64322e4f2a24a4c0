"""What leaves the library with a person: a pack for outsiders, citations for other programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in

from . import actions, packing, pages, words
from .forms import PackForm


@require_http_methods(["GET", "POST"])
@signed_in
def pack(request: HttpRequest) -> HttpResponse:
    """What a pack is made of; POST makes it and hands it over."""
    page = pages.page(request.actor)
    form = PackForm(request.POST if request.method == "POST" else None, of={
        "publications": [(one.key, f"{one.name} ({len(one.facts)})") for one in page.found.publications],
        "notes": [(one.key, one.name) for one in page.found.notes], "people": page.persons})
    wrong = ""
    if form.is_bound and form.is_valid():
        try:
            return _file(request, page, form)
        except packing.NotBriefed as why:
            wrong = f"{why.of}: {words.NOT_BRIEFED[why.code]}" if why.of else str(words.NOT_BRIEFED[why.code])
        except packing.Faulty as why:
            wrong = str(why)
        except packing.NotPrinted:
            wrong = str(words.NOT_PRINTED)
    return render(request, "library/pack.html", {"page": page, "form": form, "wrong": wrong},
                  status=400 if form.is_bound else 200)


@require_POST
@signed_in
def citations(request: HttpRequest) -> HttpResponse:
    """Every citation, for another program."""
    page = pages.page(request.actor)
    form = request.POST.get("form", "")
    if form not in packing.CITATIONS:
        return render(request, "library/list.html", {"page": page, "form": None, "filtered": False}, status=400)
    actions.gave_out(request.actor, len(page.found.publications))
    text, media, name = packing.exchanged(page.found, form)
    return _attached(text.encode(), media, name)


def _file(request: HttpRequest, page: pages.Page, form: PackForm) -> HttpResponse:
    given = form.cleaned_data
    chosen = [one for name in ("publications", "notes", "people") for one in given.get(name, ())]
    with override(given["language"]):
        roles = {code: str(word) for code, word in words.ROLES.items()}
    paper = packing.pack(page.found, chosen, title=given["title"], language=given["language"], roles=roles)
    file, media = packing.printed(paper, given["form"])
    actions.gave_out(request.actor, len(chosen))
    return _attached(file, media, f"pack.{given['form']}")


def _attached(file: bytes, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(file, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
