"""Pages of debts, of the figures that money is reckoned with, and of what was reported."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waystation_web.accounts.gate import signed_in
from waystation_web.gateways import clock
from waystation_web.vault.errors import Changed

from . import actions_debts, actions_figures, queries, queries_debts, typed, words
from .forms_debts import (
    AnswerForm,
    DebtForm,
    DebtPaymentForm,
    GrantForm,
    RateForm,
    SoldForm,
    ToldForm,
    VoidForm,
    WageForm,
)
from .views import back, done_of

DONE = frozenset({"written", "paid", "void", "answered", "added"})
FIGURES: dict[str, tuple[Any, Any, Any]] = {
    "rate": (RateForm, actions_figures.add_rate, typed.rate_of),
    "wage": (WageForm, actions_figures.add_wage, typed.wage_of),
    "grant": (GrantForm, actions_figures.add_grant, typed.figure_of),
}


@require_http_methods(["GET", "POST"])
@signed_in
def new_debt(request: HttpRequest, case: bytes) -> HttpResponse:
    """Write a debt of a case down."""
    of = queries.writing_for(request.actor, case)
    form = DebtForm(request.POST if request.method == "POST" else None,
                    initial={"since": clock.today(), "currency": "KRW", "works": "unknown", "work_ends": "unknown"})
    if form.is_bound and form.is_valid():
        try:
            debt = actions_debts.new_debt(request.actor, typed.debt_of(form.cleaned_data, case))
            return back("money-debt", "written", debt=debt.hex())
        except typed.InvalidEntry as why:
            form.add_error(why.field, words.ENTRY_FAULTS[why.why])
    return render(request, "ledger/debt_new.html", {"form": form, "of": of}, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@signed_in
def debt(request: HttpRequest, debt: bytes) -> HttpResponse:
    """One debt, or its words written anew."""
    if request.method == "GET":
        return _debt(request, debt)
    form = DebtForm(request.POST)
    if not form.is_valid():
        return _debt(request, debt, status=400, form=form)
    case = bytes.fromhex(queries_debts.debt_page(request.actor, debt).case_id)
    try:
        actions_debts.write_debt(request.actor, debt, typed.debt_of(form.cleaned_data, case),
                                 revision=form.cleaned_data["revision"] or 0)
    except typed.InvalidEntry as why:
        form.add_error(why.field, words.ENTRY_FAULTS[why.why])
        return _debt(request, debt, status=400, form=form)
    except Changed:
        form.add_error(None, words.CHANGED)
        return _debt(request, debt, status=409, form=form)
    return back("money-debt", "written", debt=debt.hex())


@require_POST
@signed_in
def pay_debt(request: HttpRequest, debt: bytes) -> HttpResponse:
    """Something was paid towards a debt."""
    form = DebtPaymentForm(request.POST)
    if not form.is_valid():
        return _debt(request, debt, status=400, pay=form)
    try:
        actions_debts.pay_debt(request.actor, debt, day=form.cleaned_data["day"],
                               amount=queries_debts.in_its_money(request.actor, debt, form.cleaned_data["amount"]))
    except typed.InvalidEntry as why:
        form.add_error("amount", words.ENTRY_FAULTS.get(why.why, words.CHANGED))
        return _debt(request, debt, status=400, pay=form)
    return back("money-debt", "paid", debt=debt.hex())


@require_POST
@signed_in
def void(request: HttpRequest, debt: bytes) -> HttpResponse:
    """A payment was a mistake."""
    form = VoidForm(request.POST)
    if not form.is_valid():
        return _debt(request, debt, status=400)
    actions_debts.void_payment(request.actor, debt, form.cleaned_data["payment"])
    return back("money-debt", "void", debt=debt.hex())


@require_POST
@signed_in
def answer(request: HttpRequest, debt: bytes) -> HttpResponse:
    """What was done about the warnings of a debt."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _debt(request, debt, status=400, answer=form)
    actions_debts.answer_debt(request.actor, debt, text=form.cleaned_data["text"])
    return back("money-debt", "answered", debt=debt.hex())


@require_GET
@signed_in
def figures(request: HttpRequest) -> HttpResponse:
    """Rates, wages and grants."""
    return _figures(request)


@require_POST
@signed_in
def figure(request: HttpRequest, what: str) -> HttpResponse:
    """Add a rate, a wage or a grant."""
    made, add, of = FIGURES[what]
    form = made(request.POST, prefix=what)
    if form.is_valid():
        try:
            add(request.actor, of(form.cleaned_data))
            return back("money-figures", "added")
        except ValueError:
            form.add_error(None, words.ENTRY_FAULTS["fine"])
    return _figures(request, status=400, **{what: form})


@require_http_methods(["GET", "POST"])
@signed_in
def told(request: HttpRequest) -> HttpResponse:
    """What was reported; POST adds a reward, a fine or a fee."""
    form = ToldForm(request.POST if request.method == "POST" else None, initial={"day": clock.today()})
    if form.is_bound and form.is_valid():
        try:
            actions_figures.tell(request.actor, typed.told_of(form.cleaned_data))
            return back("money-told", "added")
        except ValueError:
            form.add_error("amount", words.ENTRY_FAULTS["zero"])
    return _told(request, form, SoldForm(prefix="sold", initial={"day": clock.today()}),
                 status=400 if form.is_bound else 200)


@require_POST
@signed_in
def sold(request: HttpRequest) -> HttpResponse:
    """What was said to be paid for a person."""
    form = SoldForm(request.POST, prefix="sold")
    if not form.is_valid():
        return _told(request, ToldForm(initial={"day": clock.today()}), form, status=400)
    actions_figures.tell_sold(request.actor, typed.sold_of(form.cleaned_data))
    return back("money-told", "added")


def _debt(request: HttpRequest, debt: bytes, *, status: int = 200, form: DebtForm | None = None,
          **forms: Any) -> HttpResponse:
    page = queries_debts.debt_page(request.actor, debt)
    shown = {"pay": DebtPaymentForm(initial={"day": clock.today()}), "answer": AnswerForm()} | forms
    return render(request, "ledger/debt.html", {
        "page": page, "form": form or DebtForm(initial=page.initial), "forms": shown,
        "done": done_of(request, DONE)}, status=status)


def _figures(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    shown = {what: made(prefix=what, initial={"day": clock.today()}) for what, (made, _add, _of) in FIGURES.items()}
    return render(request, "ledger/figures.html", {"page": queries_debts.figures_page(request.actor),
                                                   "forms": shown | forms, "done": done_of(request, DONE)},
                  status=status)


def _told(request: HttpRequest, form: ToldForm, sold: SoldForm, *, status: int) -> HttpResponse:
    return render(request, "ledger/told.html", {"page": queries_debts.told_page(request.actor), "form": form,
                                                "sold": sold, "done": done_of(request, DONE)}, status=status)
