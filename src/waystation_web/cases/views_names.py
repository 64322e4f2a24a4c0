"""Pages of names: sealed apart from the case, read by worker and deputy, and by others for a reason and until a day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import Changed, NoSuchVault

from . import actions_people, pages, pages_people
from .forms_names import NameForms, NamesForm, ShareNamesForm, names_initial
from .views import done_word, redirect_done


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest, case: bytes) -> HttpResponse:
    """Seal names of a household, or of the whole case."""
    page = pages.case_page(request.actor, case)
    if not page.may_seal:
        raise NoSuchVault
    these = {"people": page.case.people}
    data = request.POST if request.method == "POST" else None
    household = request.GET.get("of", "") if data is None else ""  # an opaque id
    form = NamesForm(data, initial={"household": household})
    names = NameForms(data, prefix="n", form_kwargs=these)
    if data is not None and form.is_valid() and names.is_valid():
        made = actions_people.seal_names(request.actor, case, form.cleaned_data["household"], form.fields_of(names))
        return redirect_done("case-name", "sealed", case=case.hex(), record=made.hex())
    return render(request, "cases/names_new.html", {"page": page, "case": page.case, "form": form, "names": names,
                                                    "tab": "people"}, status=200 if data is None else 400)


@require_http_methods(["GET", "POST"])
@signed_in
def one(request: HttpRequest, case: bytes, record: bytes) -> HttpResponse:
    """Read names, or write them anew."""
    shown = pages_people.names_page(request.actor, case, record)
    if request.method == "GET":
        said, given = names_initial(shown.body, shown.revision)
        return _page(request, shown, NamesForm(initial=said), NameForms(
            initial=given, prefix="n", form_kwargs={"people": shown.case.people}))
    form = NamesForm(request.POST)
    names = NameForms(request.POST, prefix="n", form_kwargs={"people": shown.case.people})
    if not form.is_valid() or not names.is_valid():
        return _page(request, shown, form, names, status=400)
    try:
        actions_people.write_names(request.actor, case, record, form.fields_of(names),
                                   revision=form.cleaned_data["revision"] or 0)
    except Changed:
        data = form.data.copy()
        data["revision"] = str(shown.revision)
        return _page(request, shown, NamesForm(data), names, status=409, changed=True)
    return redirect_done("case-name", "written", case=case.hex(), record=record.hex())


@require_POST
@signed_in
def share(request: HttpRequest, case: bytes, record: bytes) -> HttpResponse:
    """Let a colleague read names until a day."""
    shown = pages_people.names_page(request.actor, case, record)
    form = ShareNamesForm(request.POST, people=list(shown.others))
    if not form.is_valid():
        said, given = names_initial(shown.body, shown.revision)
        names = NameForms(initial=given, prefix="n", form_kwargs={"people": shown.case.people})
        return _page(request, shown, NamesForm(initial=said), names, status=400, share_form=form)
    typed = form.cleaned_data
    actions_people.share_names(request.actor, case, record, typed["colleague"], reason=typed["reason"],
                               until=typed["until"])
    return redirect_done("case-name", "shared", case=case.hex(), record=record.hex())


def _page(request: HttpRequest, shown: pages_people.NamesPage, form: NamesForm, names: Any, *, status: int = 200,
          **more: Any) -> HttpResponse:
    told = {"names_page": shown, "page": shown.page, "case": shown.case, "form": form, "names": names, "tab": "people",
            "codes": pages_people.codes(shown.case), "done": done_word(request),
            "share_form": ShareNamesForm(people=list(shown.others), auto_id="id_share_%s")} | more
    return render(request, "cases/names.html", told, status=status)
