"""What people type about debts, rates, wages, grants, rewards and prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from . import words
from .forms import DAY, Beside, amount_field, choice_field, currency_field, text_field
from .limits import CODE_MAX, SOURCE_MAX, TEXT_MAX

KNOWN = {"unknown": _("not known"), "no": _("no"), "yes": _("yes")}
LONGEST = 120  # instalments
PLACE = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "CN-22"})


def place_field() -> forms.RegexField:
    """A country or a province (ISO 3166-2), and nothing nearer."""
    return forms.RegexField(r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", label=_("Country or province"), widget=PLACE,
                            error_messages={"invalid": _("Write a country or a province, for example CN or CN-22.")})


def fraction_field(label: Any, *, required: bool = True) -> forms.CharField:
    """A number as it is typed: 7.3, or 1/1350."""
    return forms.CharField(label=label, max_length=30, required=required,
                           widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))


def read_fraction(typed: str) -> Fraction:
    """The number; above or equal to nothing."""
    try:
        value = Fraction(typed.strip().replace(",", ""))
    except (ValueError, ZeroDivisionError) as reason:
        raise forms.ValidationError(_("Write a number, for example 7.3."), code="number") from reason
    if value < 0 or value.denominator > 10**12 or value.numerator > 10**15:
        raise forms.ValidationError(_("Write a number, for example 7.3."), code="number")
    return value


class DebtForm(forms.Form):
    """A debt. Instalments are written one a line, or worked out in even parts."""

    creditor = text_field(_("Code name of the creditor"), CODE_MAX, required=True)
    amount = amount_field(_("Amount borrowed"))
    currency = currency_field()
    since = forms.DateField(label=_("Since"), widget=DAY)
    interest = fraction_field(_("Interest a month, in parts of 100 (nothing: not known)"), required=False)
    schedule = forms.CharField(label=_("Instalments: a day and an amount on each line"), required=False,
                               max_length=TEXT_MAX * 3, widget=forms.Textarea(attrs={"rows": 4, "class": "short",
                                                                                     "autocomplete": "off"}))
    months = forms.IntegerField(label=_("or even parts: number of months"), min_value=1, max_value=LONGEST,
                                required=False, widget=forms.NumberInput(attrs={"autocomplete": "off"}))
    first = forms.DateField(label=_("first part on"), required=False, widget=DAY)
    asked = choice_field(_("Was the person asked alone what is held for it?"), {"no": KNOWN["no"], "yes": KNOWN["yes"]})
    security = forms.MultipleChoiceField(label=_("What is held until it is paid"), required=False,
                                         choices=words.choices(words.SECURITY), widget=forms.CheckboxSelectMultiple)
    works = choice_field(_("Does the person work for the creditor to pay it off?"), KNOWN)
    work_ends = choice_field(_("Has that work a fixed value and an end?"), KNOWN)
    income = amount_field(_("Expected income a month, in the same currency"), required=False)
    note = text_field(_("Note"), TEXT_MAX, rows=3)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_interest(self) -> Fraction | None:
        """As a fraction of what is owed."""
        typed: str = self.cleaned_data["interest"]
        return read_fraction(typed) / 100 if typed.strip() else None

    def clean_schedule(self) -> list[tuple[date, Decimal]]:
        """Days and amounts."""
        lines = [line.split() for line in self.cleaned_data["schedule"].splitlines() if line.strip()]
        try:
            read = [(date.fromisoformat(day), Decimal(much.replace(",", ""))) for day, much in lines]
        except (InvalidOperation, ValueError) as reason:
            raise forms.ValidationError(_("Write each line as a day and an amount: 2030-05-01 400000."),
                                        code="lines") from reason
        if len(read) > LONGEST or any(not much.is_finite() or not 0 < much < 10**13 for _day, much in read):
            raise forms.ValidationError(_("Write each line as a day and an amount: 2030-05-01 400000."), code="lines")
        return sorted(read)

    def clean(self) -> dict[str, Any]:
        """Even parts have a first day."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("months") and not given.get("schedule") and not given.get("first"):
            self.add_error("first", _("Say when the first part is due."))
        return given


class DebtPaymentForm(Beside):
    """Something paid towards a debt, in its currency."""

    word = "pay"
    day = forms.DateField(label=_("Paid on"), widget=DAY)
    amount = amount_field(_("Amount"))

    def clean_day(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        return day


class VoidForm(forms.Form):
    """A payment that was a mistake."""

    payment = forms.RegexField(r"^[0-9a-f]{16}$")


class AnswerForm(Beside):
    """What was done about the warnings of a debt."""

    word = "answer"
    text = text_field(_("What you asked, and what you do now"), TEXT_MAX, required=True, rows=3)


class RateForm(forms.Form):
    """A rate of a day."""

    base = forms.RegexField(r"^[A-Z]{3}$", label=_("One unit of"), max_length=3,
                            widget=forms.TextInput(attrs={"autocomplete": "off", "list": "currencies"}))
    value = fraction_field(_("is worth"))
    quote = forms.RegexField(r"^[A-Z]{3}$", label=_("units of"), max_length=3,
                             widget=forms.TextInput(attrs={"autocomplete": "off", "list": "currencies"}))
    day = forms.DateField(label=_("On"), widget=DAY)
    source = text_field(_("Who says so"), SOURCE_MAX, required=True)
    checked = forms.BooleanField(label=_("I have checked it at its source"), required=False)

    def clean_value(self) -> Fraction:
        """Above nothing."""
        value = read_fraction(self.cleaned_data["value"])
        if value == 0:
            raise forms.ValidationError(_("Write a number, for example 7.3."), code="number")
        return value

    def clean(self) -> dict[str, Any]:
        """Two currencies."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("base") and given.get("base") == given.get("quote"):
            self.add_error("quote", _("Choose two currencies."))
        return given


class WageForm(forms.Form):
    """A month's wage at a place."""

    place = place_field()
    amount = amount_field(_("A month's wage"))
    currency = currency_field()
    day = forms.DateField(label=_("On"), widget=DAY)
    source = text_field(_("Who says so"), SOURCE_MAX, required=True)
    checked = forms.BooleanField(label=_("I have checked it at its source"), required=False)


class GrantForm(forms.Form):
    """The settlement grant of a year, in won."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2200,
                              widget=forms.NumberInput(attrs={"autocomplete": "off"}))
    amount = forms.IntegerField(label=_("Basic settlement money for one person, in won"), min_value=1, max_value=10**12,
                                widget=forms.NumberInput(attrs={"autocomplete": "off"}))
    source = text_field(_("Who says so"), SOURCE_MAX, required=True)
    checked = forms.BooleanField(label=_("I have checked it at its source"), required=False)


class ToldForm(forms.Form):
    """A reward, a fine for helping or a fee that was asked, as it was told."""

    what = choice_field(_("What was reported"), words.SORTS, empty=True)
    amount = amount_field(_("Amount"))
    currency = currency_field()
    unit = choice_field(_("For"), words.UNITS)
    place = place_field()
    day = forms.DateField(label=_("Day"), widget=DAY)
    reliability = forms.ChoiceField(label=_("Source, A to F"), choices=[(one, one) for one in "FABCDE"])
    credibility = forms.ChoiceField(label=_("Content, 1 to 6"), choices=[(one, one) for one in "612345"])
    source = text_field(_("Where it was heard (no name)"), SOURCE_MAX)


class SoldForm(forms.Form):
    """What was said to be paid for a person, in the words in which it was told."""

    told = text_field(_("What was said, with its currency"), CODE_MAX, required=True)
    unit = choice_field(_("For"), words.UNITS)
    place = place_field()
    day = forms.DateField(label=_("Day"), widget=DAY)
    reliability = forms.ChoiceField(label=_("Source, A to F"), choices=[(one, one) for one in "FABCDE"])
    credibility = forms.ChoiceField(label=_("Content, 1 to 6"), choices=[(one, one) for one in "612345"])
    source = text_field(_("Where it was heard (no name)"), SOURCE_MAX)
