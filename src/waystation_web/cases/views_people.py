"""Pages about the people of a case: who they are by code, households and who may never be parted, relations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import Changed

from . import actions_people, pages, pages_people
from .forms_case import ItemForm
from .forms_people import (
    HouseholdForm,
    PersonForm,
    RelationForm,
    household_initial,
    person_initial,
)
from .views import done_word, redirect_done


@require_http_methods(["GET", "POST"])
@signed_in
def people(request: HttpRequest, case: bytes) -> HttpResponse:
    """Everybody of a case; POST adds somebody."""
    if request.method == "GET":
        return _people(request, case)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _people(request, case, status=400, person_form=form)
    actions_people.add_person(request.actor, case, form.fields_of(pages.today()))
    return redirect_done("case-people", "added", case=case.hex())


@require_http_methods(["GET", "POST"])
@signed_in
def person(request: HttpRequest, case: bytes, person: bytes) -> HttpResponse:
    """One person; POST writes them anew."""
    page = pages.case_page(request.actor, case)
    one = pages_people.person(page, person)
    if request.method == "GET":
        form = PersonForm(initial=person_initial(one, page.case.record.revision))
        return _person(request, page, one, form)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _person(request, page, one, form, status=400)
    try:
        actions_people.write_person(request.actor, case, one.id, form.fields_of(pages.today(), one),
                                    revision=form.cleaned_data["revision"] or 0)
    except Changed:
        data = form.data.copy()
        data["revision"] = str(page.case.record.revision)
        return _person(request, page, one, PersonForm(data), status=409, changed=True)
    return redirect_done("case-people", "written", case=case.hex())


@require_POST
@signed_in
def person_remove(request: HttpRequest, case: bytes, person: bytes) -> HttpResponse:
    """Somebody does not belong to this case after all."""
    actions_people.remove_person(request.actor, case, person.hex())
    return redirect_done("case-people", "removed", case=case.hex())


@require_POST
@signed_in
def household(request: HttpRequest, case: bytes) -> HttpResponse:
    """A new household, or one written anew."""
    page = pages.case_page(request.actor, case)
    form = HouseholdForm(request.POST, people=page.case.people)
    if not form.is_valid():
        return _people(request, case, status=400, household_form=form, page=page)
    try:
        actions_people.write_household(request.actor, case, form.cleaned_data["household"], form.fields_typed,
                                       revision=form.cleaned_data["revision"])
    except Changed:
        data = form.data.copy()
        data["revision"] = str(page.case.record.revision)
        return _people(request, case, status=409, household_form=HouseholdForm(data, people=page.case.people),
                       page=page, changed=True)
    return redirect_done("case-people", "written", case=case.hex())


@require_POST
@signed_in
def relation(request: HttpRequest, case: bytes) -> HttpResponse:
    """One person is something to another."""
    page = pages.case_page(request.actor, case)
    form = RelationForm(request.POST, people=page.case.people)
    if form.is_valid():
        try:
            actions_people.relate(request.actor, case, **form.cleaned_data)
        except ValueError:
            form.add_error(None, _("This stands there already, perhaps from the other side."))
        else:
            return redirect_done("case-people", "added", case=case.hex())
    return _people(request, case, status=400, relation_form=form, page=page)


@require_POST
@signed_in
def relation_remove(request: HttpRequest, case: bytes) -> HttpResponse:
    """A relation was wrong."""
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _people(request, case, status=400)
    actions_people.unrelate(request.actor, case, form.cleaned_data["item"])
    return redirect_done("case-people", "removed", case=case.hex())


def _people(request: HttpRequest, case: bytes, *, status: int = 200, page: pages.CasePage | None = None,
            **forms: Any) -> HttpResponse:
    shown = page or pages.case_page(request.actor, case)
    these, revision = shown.case.people, shown.case.record.revision
    households = [(one, HouseholdForm(initial=household_initial(one, revision), people=these,
                                      auto_id=f"id_{one.id[:8]}_%s")) for one in shown.case.households]
    told = {
        "page": shown, "case": shown.case, "tab": "people", "done": done_word(request),
        "codes": pages_people.codes(shown.case), "households": households,
        "person_form": PersonForm(initial={"revision": revision}),
        "household_form": HouseholdForm(initial={"revision": revision}, people=these, auto_id="id_new_%s"),
        "relation_form": RelationForm(people=these, auto_id="id_relation_%s")} | forms
    return render(request, "cases/people.html", told, status=status)


def _person(request: HttpRequest, page: pages.CasePage, one: Any, form: PersonForm, *, status: int = 200,
            changed: bool = False) -> HttpResponse:
    return render(request, "cases/person.html", {
        "page": page, "case": page.case, "tab": "people", "row": pages.person_row(one, page.day), "form": form,
        "changed": changed}, status=status)
