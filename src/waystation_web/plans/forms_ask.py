"""What people type to ask for a plan. Every default is said in words beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from .words import as_money

FURTHEST_DAYS = 366


class AskForm(forms.Form):
    """From where to where, by when, with what. The people are those of the case."""

    start = forms.ChoiceField(label=_("They are at"))
    goals = forms.MultipleChoiceField(label=_("They may go to"), widget=forms.CheckboxSelectMultiple, required=False,
                                      help_text=_("None chosen: any place of arrival in the route book."))
    depart_from = forms.DateField(label=_("Not before"), widget=forms.DateInput(attrs={"type": "date"}))
    deadline = forms.DateField(label=_("There at the latest on"), widget=forms.DateInput(attrs={"type": "date"}))
    money = forms.CharField(label=_("Money for all of them, with its currency"), max_length=40,
                            widget=forms.TextInput(attrs={"placeholder": "3000 USD"}))
    part = forms.TypedChoiceField(label=_("Who travels"), coerce=int)
    show_expert = forms.BooleanField(label=_("Show what experts think where there is no record"), required=False)

    def __init__(self, *given: Any, places: list[tuple[str, str]], goals: list[tuple[str, str]],
                 parts: list[tuple[int, str]], whence: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, said in (whence or {}).items():  # where an answer that stands there already comes from
            self.fields[name].help_text = " ".join(filter(None, (str(self.fields[name].help_text), said)))
        self.fields["start"].choices = [("", _("Choose")), *places]  # type: ignore[attr-defined]
        self.fields["goals"].choices = goals  # type: ignore[attr-defined]
        self.fields["part"].choices = parts  # type: ignore[attr-defined]

    def clean_money(self) -> Any:
        """An amount with its currency, in digits."""
        amount = as_money(self.cleaned_data["money"])
        if amount is None:
            raise forms.ValidationError(_("Write an amount and its currency, for example 3000 USD."), code="money")
        return amount

    def clean(self) -> dict[str, Any]:
        """Days in their order, and not further than a plan looks."""
        said = super().clean() or {}
        first, last = said.get("depart_from"), said.get("deadline")
        if first and first < clock.today():
            self.add_error("depart_from", _("This day is past. Choose today or a later day."))
        if first and last and last <= first:
            self.add_error("deadline", _("They cannot be there before they leave."))
        if first and last and (last - first).days > FURTHEST_DAYS:
            self.add_error("deadline", _("A plan looks at most a year ahead."))
        return said


class CompareForm(forms.Form):
    """Which plans to lay beside each other."""

    plans = forms.MultipleChoiceField(label=_("Plans"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, plans: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["plans"].choices = plans  # type: ignore[attr-defined]

    def clean_plans(self) -> list[bytes]:
        """Two or three: more cannot be read beside each other."""
        chosen = self.cleaned_data["plans"]
        if not 2 <= len(chosen) <= 3:
            raise forms.ValidationError(_("Choose two or three plans."), code="count")
        return [bytes.fromhex(one) for one in chosen]
