"""Raising a flag on a contact, and letting one rest."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from waystation_web.accounts.gate import signed_in

from . import flags
from .forms import FlagForm, LiftForm
from .views import back, contact_page


@require_POST
@signed_in
def flag(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Raise a flag: from now on two people look before money goes there."""
    form = FlagForm(request.POST, auto_id="flag_%s")
    if not form.is_valid():
        return contact_page(request, contact, status=400, flag=form)
    flags.raise_flag(request.actor, contact, **form.cleaned_data)
    return back(contact, "flagged")


@require_POST
@signed_in
def lift(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Let a flag rest until a day, for a reason."""
    form = LiftForm(request.POST, auto_id="lift_%s")
    if form.is_valid():
        try:
            flags.lift(request.actor, contact, **form.cleaned_data)
        except flags.NoLift as reason:
            form.add_error(None, gettext(reason.sentence))
        else:
            return back(contact, "lifted")
    return contact_page(request, contact, status=400, lift=form)
