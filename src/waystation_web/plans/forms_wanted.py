"""Which of a plan's reports is given as a task, to whom, by when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .wanted import MOST


class GiveReportForm(forms.Form):
    """Everything but the report may be left open."""

    report = forms.TypedChoiceField(coerce=int, choices=[(number, number) for number in range(1, MOST + 1)])
    for_ = forms.ChoiceField(label=_("Who does it"), required=False)
    due = forms.DateField(label=_("By which day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, auto_id="id_wanted_%s", **more)
        self.fields["for_"].choices = [("", _("nobody yet")), *people]  # type: ignore[attr-defined]

    def clean_for_(self) -> bytes:
        """The account, or nobody."""
        return bytes.fromhex(self.cleaned_data["for_"])
