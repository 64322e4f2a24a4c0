"""Pages of colleagues' accounts. Each act is a form of its own that posts to an address of its own."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.vault.errors import NotPermitted

from . import forms, people, queries, said
from .answers import Ended, Wrong
from .gate import signed_in
from .queries import Role


def _roles(names: list[str]) -> frozenset[Role]:
    return frozenset(Role(name) for name in names)


@require_GET
@signed_in
def everybody(request: HttpRequest) -> HttpResponse:
    """All who work here."""
    return render(request, "accounts/people.html", {"people": queries.everybody(request.actor),
                                                    "done": said.done(request)})


@require_http_methods(["GET", "POST"])
@signed_in
def invite(request: HttpRequest) -> HttpResponse:
    """A new colleague; the one-time code is shown in the answer, once."""
    queries.may_invite(request.actor)
    form = forms.Invite(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account, code = people.invite(request.actor, handle=given["handle"], name=given["name"],
                                          roles=_roles(given["roles"]), language=given["language"])
        except people.Taken:
            form.add_error("handle", _("Somebody has this handle. Choose another one."))
        except NotPermitted as why:
            if why.step_up:
                raise
            form.add_error("roles", _(why.sentence))
        else:
            return render(request, "accounts/code_shown.html", {"code": code, "account": account, "hours": 24})
    return render(request, "accounts/invite.html", {"form": form}, status=400 if form.errors else 200)


def _page(request: HttpRequest, account: bytes, *, status: int = 200, **more: Any) -> HttpResponse:
    person = queries.person(request.actor, account)
    return render(request, "accounts/person.html", {
        "person": person, "certify": forms.HeardWords(), "why": forms.Reason(), "needed": forms.NeededReason(),
        "roles": forms.Roles({"roles": [str(role) for role in person.roles]}), "done": said.done(request), **more},
        status=status)


@require_GET
@signed_in
def person(request: HttpRequest, account: bytes) -> HttpResponse:
    """One colleague, and what can be done with their account."""
    return _page(request, account)


def _done(account: bytes, word: str) -> HttpResponse:
    response = redirect("person", account=account)
    response["Location"] += f"?done={word}"
    return response


def _ended(request: HttpRequest, account: bytes) -> HttpResponse:
    sentence = _("This does not fit the account as it is now. Look again.")
    return _page(request, account, status=409, wrong=sentence)


def _reason(request: HttpRequest, form: type[Form]) -> str | None:
    given = form(request.POST)
    return given.cleaned_data["reason"] if given.is_valid() else None


@require_POST
@signed_in
def certify(request: HttpRequest, account: bytes) -> HttpResponse:
    """Sign a colleague's public keys by the words they read out."""
    form = forms.HeardWords(request.POST)
    try:
        people.certify(request.actor, account, words=form.cleaned_data["words"] if form.is_valid() else "")
    except Wrong:
        sentence = _("These are not the words of this account's keys. Ask again. If they differ, lock the account.")
        return _page(request, account, status=403, wrong=sentence)
    except Ended:
        return _ended(request, account)
    return _done(account, "certified")


@require_POST
@signed_in
def lock(request: HttpRequest, account: bytes) -> HttpResponse:
    """Lock any account."""
    try:
        people.lock(request.actor, account, reason=_reason(request, forms.Reason) or "")
    except Ended:
        return _ended(request, account)
    return redirect("blank") if account == request.actor.id else _done(account, "locked")


@require_POST
@signed_in
def unlock(request: HttpRequest, account: bytes) -> HttpResponse:
    """Unlock a colleague's account, with a reason."""
    reason = _reason(request, forms.NeededReason)
    if reason is None:
        return _page(request, account, status=400, wrong=_("Write down why."))
    try:
        people.unlock(request.actor, account, reason=reason)
    except Ended:
        return _ended(request, account)
    return _done(account, "unlocked")


@require_POST
@signed_in
def remove(request: HttpRequest, account: bytes) -> HttpResponse:
    """Remove a colleague's account for good, with a reason."""
    reason = _reason(request, forms.NeededReason)
    if reason is None:
        return _page(request, account, status=400, wrong=_("Write down why."))
    try:
        people.remove(request.actor, account, reason=reason)
    except people.HeldAlone as why:
        return _page(request, account, status=409, held_alone=[vault.hex()[:8] for vault in why.vaults])
    except Ended:
        return _ended(request, account)
    return _done(account, "removed")


@require_POST
@signed_in
def change_roles(request: HttpRequest, account: bytes) -> HttpResponse:
    """Give a colleague other roles."""
    form = forms.Roles(request.POST)
    if not form.is_valid():
        return _page(request, account, status=400, roles=form)
    try:
        people.change_roles(request.actor, account, roles=_roles(form.cleaned_data["roles"]))
    except Ended:
        return _ended(request, account)
    return _done(account, "roles")


@require_POST
@signed_in
def reset_factor(request: HttpRequest, account: bytes) -> HttpResponse:
    """A one-time code for a colleague who lost their factor, or whose invitation ran out."""
    try:
        code = people.reset_factor(request.actor, account)
    except Ended:
        return _ended(request, account)
    return render(request, "accounts/code_shown.html", {"code": code, "account": account, "hours": people.CODE_HOURS})
