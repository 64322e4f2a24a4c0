"""What people type about a file of cases that comes in, or a list that leaves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms_case import ReasonField


class BringForm(forms.Form):
    """A file; by the time a form sees it, it is sealed."""

    file = forms.FileField(label=_("File: .xlsx, or CSV in UTF-8"), max_length=180)


class ApplyForm(forms.Form):
    """What stood on the page when somebody said yes."""

    seen = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)


class ExportForm(forms.Form):
    """Why a list leaves the office; where something stays here, whoever takes the rest says that they know it."""

    reason = ReasonField(label=_("What the list is for"))
    without = forms.BooleanField(label=_("I take the rest, and say to whoever gets it that it is not whole"))

    def __init__(self, *given: Any, whole: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        if whole:
            del self.fields["without"]
