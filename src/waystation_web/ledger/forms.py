"""What people type about lines of the ledger, checked before anything is done with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.audit.entries import reason_fits
from waystation_web.gateways import clock

from . import words
from .limits import AUDIT_MAX, CODE_MAX, NAME_MAX, REASON_MAX, TEXT_MAX

DAY = forms.DateInput(attrs={"type": "date"})


def text_field(label: Any, length: int, *, required: bool = False, rows: int = 0) -> forms.CharField:
    """A field for words; `rows` for several lines of them."""
    widget = forms.Textarea(attrs={"rows": rows, "class": "short", "autocomplete": "off"}) if rows else \
        forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=length, required=required, widget=widget)


class Amount(forms.DecimalField):
    """An amount; commas between thousands are read over."""

    def to_python(self, value: Any) -> Any:
        """The number, exactly."""
        return super().to_python(value.replace(",", "") if isinstance(value, str) else value)


def amount_field(label: Any, *, required: bool = True) -> forms.DecimalField:
    """An amount of money as it is typed."""
    return Amount(label=label, max_digits=17, decimal_places=2, required=required,
                              widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))


def currency_field() -> forms.RegexField:
    """Three letters."""
    return forms.RegexField(r"^[A-Z]{3}$", label=_("Currency"), max_length=3,
                            widget=forms.TextInput(attrs={"autocomplete": "off", "list": "currencies"}),
                            error_messages={"invalid": _("Write the three letters of a currency, for example USD.")})


def choice_field(label: Any, of: Any, *, required: bool = True, empty: bool = False) -> forms.ChoiceField:
    """One of some codes by their names."""
    first = [("", _("Choose"))] if empty else []
    return forms.ChoiceField(label=label, choices=[*first, *words.choices(of)], required=required)


class EntryForm(forms.Form):
    """A line. `case` is typed by finance alone; on the page of a case it is that case's."""

    kind = choice_field(_("What it is for"), words.KINDS, empty=True)
    amount = amount_field(_("Amount"))
    currency = currency_field()
    direction = choice_field(_("Direction"), words.DIRECTIONS)
    payer = choice_field(_("Whose money it is"), words.PAYERS)
    day = forms.DateField(label=_("Day"), widget=DAY)
    contact = text_field(_("Code name of who gets it or gives it"), CODE_MAX)
    case = text_field(_("Code of the case"), CODE_MAX)
    method = choice_field(_("How it is handed over"), words.METHODS)
    due = forms.DateField(label=_("Due on"), required=False, widget=DAY)
    purpose = text_field(_("What exactly it pays for"), TEXT_MAX, rows=3)
    repay = choice_field(_("Shall the person pay it back?"), words.REPAY)
    legal = choice_field(_("Which law may ask about it"), words.LEGAL)
    legal_note = text_field(_("Legal note: what counsel said, or when counsel was asked"), TEXT_MAX, rows=3)
    proof_asked = forms.BooleanField(label=_("A ransom: proof of life was asked for"), required=False)
    flags = forms.MultipleChoiceField(label=_("What makes you doubt it"), required=False,
                                      choices=words.choices(words.FLAGS), widget=forms.CheckboxSelectMultiple)
    second = forms.ChoiceField(label=_("Who shall sign second"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, seconds: list[tuple[str, str]], of_case: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["second"].choices = [("", _("nobody yet")), *seconds]
        if of_case:
            del self.fields["case"]

    def blame(self, field: str, why: str) -> None:
        """Show what the rules of the ledger say about a field."""
        said = words.ENTRY_FAULTS.get(why, _("Look at this again."))
        self.add_error(field if field in self.fields else None, said)


class Beside(forms.Form):
    """A form that stands on a page beside others: the names in its labels begin with its own word."""

    word = ""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{self.word}_%s", **more})


class ReasonForm(Beside):
    """Words of one's own, and that one has read what stands on the page."""

    word = "sign"
    reason = text_field(_("Why, in your own words"), REASON_MAX, required=True, rows=3)
    read = forms.BooleanField(label=_("I have read everything on this page"))


class AskForm(ReasonForm):
    """The first signature; only a ransom has another answer than to pay."""

    word = "ask"
    choice = choice_field(_("What shall be done"), words.CHOICES, required=False)


class NoForm(Beside):
    """Why somebody does not sign."""

    word = "no"
    reason = text_field(_("Why"), REASON_MAX, required=True, rows=3)


class BackForm(NoForm):
    """Why a line is taken back."""

    word = "back"


class PayForm(Beside):
    """That something was paid, on which day, with its receipt or why there is none."""

    word = "pay"
    day = forms.DateField(label=_("Paid on"), widget=DAY)
    file = forms.FileField(label=_("Receipt"), max_length=NAME_MAX, required=False)
    no_receipt = text_field(_("No receipt? Say why"), REASON_MAX)
    sure = forms.BooleanField(label=_("The money was handed over as it stands here"))

    def clean_day(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        """A receipt, or words."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("file") and not (given.get("no_receipt") or "").strip():
            self.add_error("no_receipt", _("Add the receipt, or say why there is none."))
        return given


class FileForm(Beside):
    """A receipt; by the time a form sees it, it is sealed."""

    word = "proof"
    file = forms.FileField(label=_("Receipt"), max_length=NAME_MAX)


class CodeForm(forms.Form):
    """A code name to look up. It travels in the body of the request and is kept nowhere."""

    code = forms.CharField(max_length=CODE_MAX)


class ExportForm(forms.Form):
    """Why the ledger leaves the house; where a line stays here, whoever takes the rest says that they know it."""

    reason = text_field(_("Why it leaves the house"), AUDIT_MAX, required=True)
    without = forms.BooleanField(label=_("I take the rest, and say to whoever gets it that it is not whole"))

    def __init__(self, *given: Any, whole: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if whole:
            del self.fields["without"]

    def clean_reason(self) -> str:
        """A reason that fits into a line of the record."""
        reason: str = self.cleaned_data["reason"]
        if not reason_fits(reason):
            raise forms.ValidationError(_("Say it in fewer words: the record keeps short reasons."), code="long")
        return reason
