"""What is typed of whoever goes along. Code names alone; nothing is preselected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .escorts import YES
from .forms import CHOOSE, SHORT, long_words

Pairs = list[tuple[str, str]]


class AskForm(forms.Form):
    """Who is asked, for which leg, and what they were told of the risk."""

    leg = forms.ChoiceField(label=_("Which leg, and no other"))
    who = forms.ChoiceField(label=_("Who is asked, by code name"))
    risk = long_words(_("What it may cost them, as they were told: caught, hurt, known"))

    def __init__(self, *given: Any, legs: Pairs, people: Pairs, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, pairs in (("leg", legs), ("who", people)):
            self.fields[name].choices = [*CHOOSE, *pairs]  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What they said."""

    item = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)
    said = forms.ChoiceField(label=_("What they said"), choices=(*CHOOSE, *words.ALONG))
    how = forms.CharField(label=_("How and when they said so"), max_length=SHORT)
    tell = forms.CharField(label=_("What they say, and never say, if they are caught"), max_length=SHORT,
                           required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever goes along has settled what they say."""
        cleaned = super().clean() or {}
        if cleaned.get("said") == YES and not str(cleaned.get("tell") or "").strip():
            self.add_error("tell", _("Settle this with them before they go along."))
        return cleaned
