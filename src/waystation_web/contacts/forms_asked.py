"""What people type about what a contact asked for, and why something that the record suggests is let be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

PROOF = (("", _("none is due, or not known")), ("yes", _("Yes")), ("no", _("No")))
FOR = (("passage", _("a way, or a part of it")), ("release", _("a release")))


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


class AskedForm(forms.Form):
    """One demand, as it was heard."""

    on = _day(_("On which day"))
    amount = forms.DecimalField(label=_("Amount"), max_digits=15, decimal_places=2, min_value=0)
    currency = forms.RegexField(r"[A-Z]{3}", label=_("Currency, in three letters"))
    for_ = forms.ChoiceField(label=_("What for"), choices=FOR)
    of = forms.CharField(label=_("Which leg, by code"), max_length=40, required=False)
    case = forms.CharField(label=_("Whose release, by the code of the case"), max_length=40, required=False)
    within_h = forms.DecimalField(label=_("Hours that they leave for an answer"), max_digits=6, decimal_places=1,
                                  min_value=0, required=False)
    proof = forms.ChoiceField(label=_("Had proof of life come?"), choices=PROOF, required=False)
    paid = _day(_("Paid on; empty if it was not"), required=False)

    def clean(self) -> dict[str, Any]:
        """Days in their order, an amount above nothing."""
        said: dict[str, Any] = super().clean() or {}
        on, paid = said.get("on"), said.get("paid")
        if on is not None and on > clock.today():
            self.add_error("on", forms.ValidationError(_("This day has not come yet."), code="future"))
        elif on is not None and paid is not None and not on <= paid <= clock.today():
            self.add_error("paid", forms.ValidationError(_("It was paid on or after the day on which it was asked for, "
                                                           "and not after today."), code="order"))
        if said.get("amount") == 0:
            self.add_error("amount", forms.ValidationError(_("Write an amount above nothing."), code="nothing"))
        return said

    def typed(self) -> dict[str, Any]:
        """What is kept."""
        said = dict(self.cleaned_data)
        return said | {"release": said.pop("for_") == "release",
                       "proof": {"yes": True, "no": False}.get(said["proof"])}


class PaidForm(forms.Form):
    """On which day something that they asked for was paid."""

    item = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)
    on = _day(_("Paid on"))


class LetBeForm(forms.Form):
    """Why a suggestion is not raised."""

    rule = forms.RegexField(r"[a-z_]{1,40}", widget=forms.HiddenInput)
    facts = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why not"), max_length=600)
