"""What is typed of custody. No name, no address: a State, a province, who went there as this office calls them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .forms import CHOOSE, SHORT, long_words
from .known import STATES

DAY = {"type": "date"}


class CustodyForm(forms.Form):
    """One step."""

    kind = forms.ChoiceField(label=_("What was"), choices=(*CHOOSE, *words.CUSTODY))
    day = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs=DAY))
    state = forms.CharField(
        label=_("In which State (two letters), if they were taken or moved"), max_length=2, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 3, "class": "code"}))
    place = forms.CharField(label=_("Province or public town"), max_length=SHORT, required=False)
    who = forms.CharField(label=_("Who visited, which lawyer, before whom: no name"), max_length=SHORT, required=False)
    next_on = forms.DateField(label=_("When somebody looks next"), required=False, widget=forms.DateInput(attrs=DAY))
    how_known = long_words(_("How it is known"))

    def clean_state(self) -> Any:
        """A code of a State, or nothing."""
        code = str(self.cleaned_data["state"]).upper()
        if code and code not in STATES:
            raise forms.ValidationError(_("No State has this code. Two letters, for example LA."), code="state")
        return code
