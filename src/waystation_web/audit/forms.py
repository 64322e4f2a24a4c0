"""What somebody asks of the record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .slips import LONGEST, Unreadable, read
from .words_slip import unreadable


class PageForm(forms.Form):
    """Which page, counted from 1."""

    page = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)


class SlipForm(forms.Form):
    """A slip as it was read out or as its file has it."""

    slip = forms.CharField(label=_("The digits of the slip"), max_length=LONGEST,
                           widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "inputmode": "numeric"}))

    def clean_slip(self) -> str:
        """Twenty groups. Raises `ValidationError` that says which one is wrong."""
        typed = str(self.cleaned_data["slip"])
        try:
            read(typed)
        except Unreadable as why:
            raise forms.ValidationError(unreadable(why), code=why.what) from why
        return typed
