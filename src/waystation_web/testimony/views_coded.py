"""Pages of coded events, registers and facilities. They are chosen by codes alone: there is nothing to search in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from waystation.access import Facts, Permission
from waystation_web.accounts.gate import signed_in
from waystation_web.cases import values
from waystation_web.vault.queries import allow

from . import actions_coded as actions
from . import queries_coded as queries
from . import words
from .forms_coded import FORMS, ObservationForm


@require_GET
@signed_in
def events(request: HttpRequest) -> HttpResponse:
    """Coded events, chosen by type and country."""
    refused: list[bytes] = []
    wanted = {name: request.GET.get(name, "") for name in ("type", "country")}
    found = queries.events(request.actor, **wanted, refused=refused)
    rows = [(one, words.term("04", one.act.type), words.country(one.act.country),
             words.word("verification", one.verification), words.word("certainty", one.act.certainty),
             called(one.act.facility)) for one in found.rows]
    return render(request, "testimony/events.html", {
        "rows": rows, "refused": len(refused), "wanted": wanted,
        "types": [(code, words.term("04", code)) for code in found.types],
        "countries": [(code, words.country(code)) for code in found.countries]})


@require_GET
@signed_in
def event(request: HttpRequest, coded: bytes) -> HttpResponse:
    """One coded event, with what States say of it beside it."""
    page = queries.event(request.actor, coded)
    codes = [(words.list_name(list_), [words.term(list_, code) for code in found], list_ == "05")
             for list_, found in page.codes]
    rests = [(one, words.word("verification", one.verification), words.gettext(one.sources),
              words.word("certainty", one.certainty)) for one in page.event.claims]
    return render(request, "testimony/event.html", {
        "page": page, "event": page.event, "codes": codes, "rests": rests, "facility": called(page.event.act.facility),
        "label": words.word("verification", page.event.verification), "type": words.term("04", page.event.act.type),
        "country": words.country(page.event.act.country), "sure": words.word("certainty", page.event.act.certainty),
        "denials": [denial(one) for one in page.denials]})


@require_http_methods(["GET", "POST"])
@signed_in
def register(request: HttpRequest, sort: str) -> HttpResponse:
    """One register; POST writes a line down, or says that a picture was read over."""
    refused: list[bytes] = []
    page = queries.register(request.actor, sort, refused=refused)
    if request.method == "POST" and request.POST.get("act") == "review":
        actions.review(request.actor, next((one.id for one in page.rows if one.key == request.POST.get("item")), b""))
        return redirect("register", sort=sort)
    form = _form(sort, page, request.POST if request.method == "POST" else None)
    if form.is_bound:
        allow(request.actor, Permission.CREATE_VAULT, Facts(type="coded"))
    if form.is_bound and form.is_valid():
        typed = form.typed() if isinstance(form, ObservationForm) else form.cleaned_data
        actions.write_down(request.actor, sort, typed)
        return redirect("register", sort=sort)
    title, lead = words.SORTS[sort]
    return render(request, "testimony/register.html", {
        "page": page, "sort": sort, "title": title, "lead": lead, "form": form, "refused": len(refused),
        "rows": [_line(sort, one, page) for one in page.rows]}, status=400 if form.is_bound else 200)


@require_GET
@signed_in
def facilities(request: HttpRequest) -> HttpResponse:
    """Public facilities, each with what was seen from above and what States say of it."""
    refused: list[bytes] = []
    found = [{"of": one, "kind": words.term("17", one.facility.kind),
              "seen": [(each, levels(chain)) for each, chain in one.seen],
              "denials": [denial(each) for each in one.denials]}
             for one in queries.facilities(request.actor, refused=refused)]
    return render(request, "testimony/facilities.html", {"rows": found, "refused": len(refused)})


def levels(chain: Any) -> list[Any]:
    """The three of a picture, in words."""
    return [(one, words.word("level", one.level), words.word("confidence", one.confidence),
             words.word("certainty", one.certainty)) for one in chain]


def denial(held: Any) -> dict[str, Any]:
    """What a State says, in words."""
    return {"of": held.body, "country": words.country(held.body.get("country"))}


def called(code: str) -> str:
    """A facility by its first public name; as it was typed where it is none of them."""
    found = queries.gazetteer().get(code)
    return found.name if found else code


def _form(sort: str, page: queries.Register, data: Any) -> Any:
    if sort == "denial":
        known = [(key, f"{one.ref} · {words.term('04', one.act.type)}") for key, one in page.events]
        return FORMS[sort](data, events=known)
    return FORMS[sort](data)


def _line(sort: str, held: Any, page: queries.Register) -> dict[str, Any]:
    body = held.body
    found = {"key": held.key, "of": body, "country": words.country(body.get("country")) if body.get("country") else "",
             "kind": words.term("24", body.get("kind")), "alleged": not body.get("found_by"),
             "mine": held.made.by.hex() == page.me, "facility": called(values.text(body, "facility")),
             "reviewer": page.names.get(values.text(body, "reviewed_by"), "")}
    if sort == "observation":
        found |= {"levels": levels(queries.chain(queries.observation_of(body))),
                  "feature": words.word("feature", body.get("feature"))}
    return found
