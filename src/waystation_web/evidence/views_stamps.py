"""The page of signatures and stamps: the key that signs, the authorities that are believed, the lists of the weeks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.gateways import clock
from waystation_web.gateways.database import writing
from waystation_web.notes.ranges import CLOSED
from waystation_web.records import queries as kept
from waystation_web.vault.actor import Actor
from waystation_web.vault.errors import NoSuchVault

from . import lists, signing
from .forms_package import CertifyForm, DeskForm, ListForm, PinForm, TokenForm
from .views import done, tried

DONE = frozenset({"made", "certified", "pinned", "brought"})


@require_GET
@signed_in
def stamps(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    return _page(request)


@require_POST
@signed_in
def file(request: HttpRequest) -> HttpResponse:
    """The list of a week, or the request for one of the two authorities."""
    _may(request)
    form = ListForm(request.POST)
    if not form.is_valid():
        raise NoSuchVault
    name, data = lists.file_of(**form.cleaned_data)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = CLOSED
    return response


@require_POST
@signed_in
def key(request: HttpRequest) -> HttpResponse:
    """Make a key for this desk."""
    _may(request)
    form = DeskForm(request.POST)
    if not form.is_valid():
        return _page(request, status=400, desk=form)
    signing.make_key(request.actor, form.cleaned_data["desk"])
    return done("stamps", "made")


@require_POST
@signed_in
def certify(request: HttpRequest, signer: bytes) -> HttpResponse:
    """Take in what the root made of it."""
    form = CertifyForm(request.POST)
    if not form.is_valid():
        return _page(request, status=400, certify=form)

    def take() -> bool:
        signing.certify(request.actor, signer, **form.cleaned_data)
        return True

    if not tried(form, take, mine=frozenset({"certificate"})):
        return _page(request, status=403, certify=form)
    return done("stamps", "certified")


@require_POST
@signed_in
def authority(request: HttpRequest) -> HttpResponse:
    """Believe an authority of time."""
    _may(request)
    form = PinForm(request.POST)
    if not form.is_valid():
        return _page(request, status=400, pin=form)
    if not tried(form, lambda: signing.pin(request.actor, **form.cleaned_data), mine=frozenset({"certificate"})):
        return _page(request, status=403, pin=form)
    return done("stamps", "pinned")


@require_POST
@signed_in
def bring(request: HttpRequest, authority: bytes) -> HttpResponse:
    """Take in a token."""
    form = TokenForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, status=400, token=form)

    def take() -> bool:
        signing.bring(request.actor, authority, form.cleaned_data["week"], form.cleaned_data["file"])
        return True

    if not tried(form, take, mine=frozenset({"stamp"})):
        return _page(request, status=403, token=form)
    return done("stamps", "brought")


def _may(request: HttpRequest) -> None:
    """This page is not there for whoever signs no packages."""
    if not kept.may_make(request.actor, signing.TYPE):
        raise NoSuchVault


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    _may(request)
    actor: Actor = request.actor
    with writing():
        own = {"key": signing.key_in_force(actor), "authorities": signing.authorities(actor),
               "weeks": lists.weeks(clock.today())}
    given = {"desk": DeskForm(), "certify": CertifyForm(), "pin": PinForm(), "token": TokenForm()} | forms
    said = request.GET.get("done", "")
    return render(request, "evidence/stamps.html", {**own, "forms": given, "done": said if said in DONE else ""},
                  status=status)
