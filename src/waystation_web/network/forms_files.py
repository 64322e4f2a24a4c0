"""What people type when a file comes into the book, or a sealed copy of it leaves."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,23}")


class BringForm(forms.Form):
    """A route book as a file; by the time a form sees it, it is sealed."""

    file = forms.FileField(label=_("Workbook (.xlsx) or JSON, at most 5 MB"), max_length=180)


class ApplyForm(forms.Form):
    """Somebody has seen what an import would do, and says yes to exactly that."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    take_out = forms.BooleanField(label=_("Also take out the rows that are not in the file"), required=False)


class ExportForm(forms.Form):
    """A copy of the book for somebody outside: for whom, what for, and two things that somebody vouches for."""

    purpose = forms.CharField(label=_("What for"), max_length=160)
    recipients = forms.CharField(label=_("Recipients, one a line: a code, a space, their age key"), max_length=4000,
                                 widget=forms.Textarea(attrs={"rows": 4, "class": "short", "spellcheck": "false"}))
    confirmed = forms.BooleanField(label=_("Each key was read to me by voice or in person"))
    no_state = forms.BooleanField(label=_("None of them is a State, its police or its court, or works for one"))

    def clean_recipients(self) -> list[tuple[str, str]]:
        """Codes and keys, line by line."""
        found = []
        for line in self.cleaned_data["recipients"].splitlines():
            code, _space, key = line.strip().partition(" ")
            if not code:
                continue
            if not CODE.fullmatch(code) or not key.strip():
                raise forms.ValidationError(_("Write a code in capital letters, a space, then the key."),
                                            code="invalid")
            found.append((code, key.strip()))
        return found


class FetchForm(forms.Form):
    """Whose copy."""

    mark = forms.RegexField(r"^[0-9a-f]{12}$")
