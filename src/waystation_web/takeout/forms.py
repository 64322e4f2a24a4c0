"""What people type about a takeout: for whom, what for, until when; and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .order import MISHEARD, MOST, NO_KEY, heard_right, sealable

PARTS = ("name", "jurisdiction", "key", "heard")


class AskForm(forms.Form):
    """A takeout of everything; up to three recipients, the first of whom there must be."""

    purpose = forms.CharField(label=_("What for, in one sentence"), max_length=160)
    agreement = forms.CharField(label=_("Where the agreement with the recipients lies: what, why, how long, and that "
                                        "they pass nothing on"), max_length=160)
    until = forms.DateField(label=_("They destroy it on"), widget=forms.DateInput(attrs={"type": "date"}))
    confirmed = forms.BooleanField(label=_("Each recipient read the digits of their key to me by voice, and I know "
                                           "their voice"))
    no_state = forms.BooleanField(label=_("None of them is a State, its police or its court, or works for one"))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        key = {"spellcheck": "false", "autocapitalize": "off"}
        for number in range(1, MOST + 1):
            first = number == 1
            self.fields[f"name_{number}"] = forms.CharField(label=_("Name"), max_length=80, required=first)
            self.fields[f"jurisdiction_{number}"] = forms.CharField(label=_("Country whose courts they answer to"),
                                                                    max_length=60, required=first)
            self.fields[f"key_{number}"] = forms.CharField(label=_("Their age key"), max_length=120, required=first,
                                                           widget=forms.TextInput(attrs=key))
            self.fields[f"heard_{number}"] = forms.CharField(label=_("The twenty digits as you heard them"),
                                                             max_length=40, required=first,
                                                             widget=forms.TextInput(attrs=key))

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each recipient."""
        return [[self[f"{part}_{number}"] for part in PARTS] for number in range(1, MOST + 1)]

    def clean(self) -> dict[str, Any]:
        """A recipient is whole or not there, and the digits are those of the key."""
        said = super().clean() or {}
        said["recipients"] = found = list[tuple[str, ...]]()
        for number in range(1, MOST + 1):
            typed = {part: said.get(f"{part}_{number}", "") for part in PARTS}
            if not any(typed.values()):
                continue
            for part, value in typed.items():
                if not value and f"{part}_{number}" not in self.errors:
                    self.add_error(f"{part}_{number}", _("Fill this in too, or leave all four empty."))
            if typed["key"] and not sealable(typed["key"]):
                self.add_error(f"key_{number}", _(NO_KEY))
            elif typed["key"] and typed["heard"] and not heard_right(typed["key"], typed["heard"]):
                self.add_error(f"heard_{number}", _(MISHEARD))
            found.append(tuple(typed.values()))
        return said


class SignForm(forms.Form):
    """The second person rings the recipients too."""

    confirmed = forms.BooleanField(label=_("I heard each recipient read these digits myself"))


class MadeForm(forms.Form):
    """What became of it, as the custodians' paper says."""

    text = forms.CharField(label=_("Who has which archive now, and what became of the copy of the office"),
                           max_length=600, widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))
    archives = forms.CharField(label=_("Marks and digests, as the custodians' machine printed them"), max_length=600,
                               widget=forms.Textarea(attrs={"rows": 3, "class": "short", "spellcheck": "false"}))
