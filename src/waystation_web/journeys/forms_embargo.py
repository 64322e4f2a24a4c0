"""What is typed about an embargo. Why is written for those who look at it again; it leaves with nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from .embargo import REVIEW_WITHIN
from .forms_incident import LONG


class EmbargoForm(forms.Form):
    """Why nothing leaves, and when that is looked at again."""

    review = forms.DateField(label=_("On which day it is looked at again: within three months"),
                             widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Why, in your own words"), max_length=LONG,
                             widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_review(self) -> date:
        """A day that is still to come, and not far."""
        day: date = self.cleaned_data["review"]
        if not 1 <= (day - clock.today()).days <= REVIEW_WITHIN:
            raise forms.ValidationError(_("Name a day from tomorrow on, within three months."), code="day")
        return day


class LiftForm(forms.Form):
    """That it may end: the first signature, and who is asked for the second."""

    out_of_danger = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=LONG)
    other = forms.RegexField(r"^[0-9a-f]{32}$")

    def typed(self) -> dict[str, Any]:
        """As the act takes it."""
        given = self.cleaned_data
        return {"reason": given["reason"], "out_of_danger": given["out_of_danger"],
                "other": bytes.fromhex(given["other"])}
