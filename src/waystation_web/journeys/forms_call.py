"""What is typed of calls. No file is taken: no form here has a field for one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .forms import CHOOSE, LONG, SHORT, long_words

Pairs = list[tuple[str, str]]
AT = {"type": "datetime-local"}


class BookForm(forms.Form):
    """A call that somebody arranges."""

    when = forms.DateTimeField(label=_("When (UTC)"), widget=forms.DateTimeInput(attrs=AT))
    broker = forms.ChoiceField(label=_("Who arranges it, by code name"))
    who = forms.CharField(label=_("Who speaks with whom, as we call them: no name, no number"), max_length=SHORT)
    fee = forms.ChoiceField(label=_("The fee: its line in the ledger"), required=False)
    text = long_words(_("What was agreed: for how long, what must not be said"), required=False)

    def __init__(self, *given: Any, people: Pairs, fees: Pairs, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["broker"].choices = [*CHOOSE, *people]  # type: ignore[attr-defined]
        self.fields["fee"].choices = [("", _("no fee")), *fees]  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """How it went."""

    item = forms.RegexField(r"[0-9a-f]{16}", widget=forms.HiddenInput)
    result = forms.ChoiceField(label=_("How it went"), choices=(*CHOOSE, *words.RESULTS))
    word = forms.CharField(label=_("The word they said"), max_length=SHORT, required=False,
                           widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))
    condition = forms.ChoiceField(label=_("How they are"), choices=(*CHOOSE, *words.CONDITIONS), required=False)
    text = forms.CharField(label=_("Anything else, or why no word was asked"), max_length=LONG, required=False)


class CameForm(forms.Form):
    """A call that was no word of the party."""

    direction = forms.ChoiceField(label=_("Who rang"), choices=(*CHOOSE, *words.RANG))
    source = forms.ChoiceField(label=_("With whom"), choices=(*CHOOSE, *words.SOURCES))
    when = forms.DateTimeField(label=_("When (UTC)"), widget=forms.DateTimeInput(attrs=AT))
    text = long_words(_("What was said, in your words"))
