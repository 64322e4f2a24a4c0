"""What a contact asked for, and what the record suggests of them and nobody raises."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from waystation_web.accounts.gate import signed_in

from . import actions_asked
from .forms_asked import AskedForm, LetBeForm, PaidForm
from .views import back, contact_page


@require_POST
@signed_in
def asked(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Write down what they asked for."""
    form = AskedForm(request.POST, auto_id="asked_%s")
    if not form.is_valid():
        return contact_page(request, contact, status=400, asked=form)
    actions_asked.note(request.actor, contact, form.typed())
    return back(contact, "asked_for")


@require_POST
@signed_in
def paid(request: HttpRequest, contact: bytes) -> HttpResponse:
    """It was paid."""
    form = PaidForm(request.POST, auto_id="paid_%s")
    if form.is_valid():
        try:
            actions_asked.paid(request.actor, contact, **form.cleaned_data)
        except ValueError:
            form.add_error("on", gettext("It was paid on or after the day on which it was asked for, and not after "
                                         "today."))
        else:
            return back(contact, "written")
    return contact_page(request, contact, status=400, paid=form)


@require_POST
@signed_in
def let_be(request: HttpRequest, contact: bytes) -> HttpResponse:
    """Not raise what the record suggests, for a reason."""
    form = LetBeForm(request.POST, auto_id="let_be_%s")
    if not form.is_valid():
        return contact_page(request, contact, status=400, let_be=form)
    actions_asked.let_be(request.actor, contact, **form.cleaned_data)
    return back(contact, "let_be")
