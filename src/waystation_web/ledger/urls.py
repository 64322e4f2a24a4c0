"""Addresses of the ledger: ids alone, never a code name."""

from __future__ import annotations

from django.urls import path

from . import views, views_debts

urlpatterns = [
    path("money/", views.ledger, name="ledger"),
    path("money/new/", views.new, name="money-new"),
    path("money/balances/", views.balances, name="money-balances"),
    path("money/export/", views.export, name="money-export"),
    path("money/figures/", views_debts.figures, name="money-figures"),
    path("money/figures/rate/", views_debts.figure, {"what": "rate"}, name="money-rate"),
    path("money/figures/wage/", views_debts.figure, {"what": "wage"}, name="money-wage"),
    path("money/figures/grant/", views_debts.figure, {"what": "grant"}, name="money-grant"),
    path("money/told/", views_debts.told, name="money-told"),
    path("money/told/sold/", views_debts.sold, name="money-sold"),
    path("money/debts/<id:debt>/", views_debts.debt, name="money-debt"),
    path("money/debts/<id:debt>/pay/", views_debts.pay_debt, name="money-debt-pay"),
    path("money/debts/<id:debt>/void/", views_debts.void, name="money-debt-void"),
    path("money/debts/<id:debt>/answer/", views_debts.answer, name="money-debt-answer"),
    path("money/<id:entry>/", views.entry, name="money-entry"),
    path("money/<id:entry>/edit/", views.edit, name="money-edit"),
    path("money/<id:entry>/ask/", views.ask, name="money-ask"),
    path("money/<id:entry>/sign/", views.sign, name="money-sign"),
    path("money/<id:entry>/refuse/", views.refuse, name="money-refuse"),
    path("money/<id:entry>/pay/", views.pay, name="money-pay"),
    path("money/<id:entry>/proof/", views.proof, name="money-proof"),
    path("money/<id:entry>/files/<id:file>/", views.file, name="money-file"),
    path("money/<id:entry>/back/", views.take_back, name="money-back"),
    path("cases/<id:case>/money/", views.case_money, name="case-money"),
    path("cases/<id:case>/money/new/", views.new, name="case-money-new"),
    path("cases/<id:case>/debts/new/", views_debts.new_debt, name="case-debt-new"),
]
