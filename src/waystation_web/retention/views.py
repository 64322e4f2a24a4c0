"""Pages of what goes soon, of holds, and of what two destroy. What is typed goes by POST; addresses hold opaque ids."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.vault.errors import NotPermitted

from . import actions, actions_destroy, actions_hold, following, queries, queries_destroy, queries_hold
from .forms import DestroyForm, HoldForm, KeepForm, MoveForm

DONE = frozenset({"kept", "asked", "place", "renew", "end"})
TYPED = {"hold_end": "end", "put_off": "day"}   # rules about what was typed: said beside the field


@require_http_methods(["GET", "POST"])
@signed_in
def goes_soon(request: HttpRequest) -> HttpResponse:
    """What goes within a fortnight of what this person holds; POST gives records of names the day of their case."""
    if request.method == "POST":
        following.follow(request.actor)
        return _back("goes-soon", "kept")
    return _soon(request)


@require_POST
@signed_in
def keep(request: HttpRequest, record: bytes) -> HttpResponse:
    """Another day for one record, with a reason."""
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            actions.keep(request.actor, record, **form.cleaned_data)
        except NotPermitted as why:
            _beside(form, why)
        else:
            return _back("goes-soon", "kept")
    return _soon(request, status=400, form=form, of=record)


@require_http_methods(["GET", "POST"])
@signed_in
def holds(request: HttpRequest) -> HttpResponse:
    """Holds and certificates; POST asks for a hold, with the first signature."""
    page = queries_hold.listing(request.actor)
    form = HoldForm(list(page.cases), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions_hold.ask(request.actor, bytes.fromhex(said["case"]), reason=said["reason"], end=said["end"])
        except NotPermitted as why:
            _beside(form, why)
        else:
            return _back("hold", "asked", hold=made.hex())
    return render(request, "retention/holds.html", {"page": page, "form": form, "done": _done(request)},
                  status=400 if form.is_bound else 200)


@require_GET
@signed_in
def hold(request: HttpRequest, hold: bytes) -> HttpResponse:
    """One hold."""
    return _hold(request, hold)


@require_POST
@signed_in
def hold_sign(request: HttpRequest, hold: bytes) -> HttpResponse:
    """The second signature under whatever was asked."""
    return _back("hold", actions_hold.sign(request.actor, hold), hold=hold.hex())


@require_POST
@signed_in
def hold_move(request: HttpRequest, hold: bytes) -> HttpResponse:
    """The first signature under a new last day, or under ending it."""
    form = MoveForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions_hold.ask_to_move(request.actor, hold, said["act"], reason=said["reason"], end=said["end"])
        except NotPermitted as why:
            _beside(form, why)
        else:
            return _back("hold", "asked", hold=hold.hex())
    return _hold(request, hold, status=400, form=form)


@require_http_methods(["GET", "POST"])
@signed_in
def destroy(request: HttpRequest, record: bytes) -> HttpResponse:
    """What goes if a case or somebody's names are destroyed; POST asks for it, with the first signature."""
    form = DestroyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions_destroy.ask(request.actor, record, why=form.cleaned_data["why"])
        return _back("destroy", "asked", record=record.hex())
    page = queries_destroy.before(request.actor, record)
    return render(request, "retention/destroy.html", {"page": page, "form": form, "done": _done(request)},
                  status=400 if form.is_bound else 200)


@require_POST
@signed_in
def destroy_sign(request: HttpRequest, record: bytes) -> HttpResponse:
    """The second signature: it is destroyed."""
    return redirect("destroyed", record=actions_destroy.sign(request.actor, record).hex())


@require_GET
@signed_in
def destroyed(request: HttpRequest, record: bytes) -> HttpResponse:
    """The certificate of something that was destroyed."""
    page = queries_hold.one_certificate(request.actor, record)
    return render(request, "retention/certificate.html", {"page": page, "people": queries_hold.handles()})


def _soon(request: HttpRequest, *, status: int = 200, form: KeepForm | None = None, of: bytes = b"") -> HttpResponse:
    page = queries.soon(request.actor)
    lines = [(one, form if form is not None and one.id == of else KeepForm(auto_id=f"k{place}_%s"))
             for place, one in enumerate(page.going)]
    return render(request, "retention/soon.html", {"page": page, "lines": lines, "done": _done(request)},
                  status=status)


def _hold(request: HttpRequest, hold_id: bytes, *, status: int = 200, form: MoveForm | None = None) -> HttpResponse:
    page = queries_hold.one_hold(request.actor, hold_id)
    act = form.data.get("act", "") if form is not None else ""
    forms: dict[str, Any] = {name: form if form is not None and act == name else
                             MoveForm(initial={"act": name}, auto_id=f"{name}_%s") for name in ("renew", "end")}
    return render(request, "retention/hold.html", {"page": page, "forms": forms, "act": act, "done": _done(request)},
                  status=status)


def _beside(form: Any, why: NotPermitted) -> None:
    """A rule about what was typed is said beside its field; any other one is for the page of refusals."""
    if why.rule not in TYPED:
        raise why
    form.add_error(TYPED[why.rule], gettext(why.sentence))


def _done(request: HttpRequest) -> str:
    said = request.GET.get("done", "")
    return said if said in DONE else ""


def _back(name: str, done: str, **where: str) -> HttpResponse:
    response = redirect(name, **where)
    response["Location"] += f"?done={done}"
    return response
