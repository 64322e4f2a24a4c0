"""What people type into a notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import LONGEST
from .pages import Noting
from .words import PARTS, VALUES, notice_word


class NoteForm(forms.Form):
    """A notice: its own fields, and when, from whom, how good. The rules are those of `noting`."""

    date = forms.CharField(label=_("Day"), max_length=10, required=False,
                           widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(label=_("Source, by code"), max_length=24, required=False)
    reliability = forms.ChoiceField(label=_("How reliable the source is"), initial="F",
                                    choices=[(word, VALUES[word]) for word in "ABCDEF"])
    credibility = forms.ChoiceField(label=_("How credible the report is"), initial="6",
                                    choices=[(word, VALUES[word]) for word in "123456"])

    def __init__(self, noting: Noting, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"date": noting.today.isoformat()})
        self.parts = noting.parts
        for part in noting.parts:
            widget = forms.TextInput(attrs={"autocomplete": "off"})
            if part.choices:
                words = [(word, word if part.of != "choice" else notice_word(word)) for word in part.choices]
                widget = forms.Select(choices=[("", _("choose")), *words])
            self.fields[part.name] = forms.CharField(label=PARTS[part.name], max_length=LONGEST, required=False,
                                                     widget=widget)
        if noting.kind == "event":
            self.fields["keep"] = forms.CharField(
                label=_("How much older outcomes still count, 0 to 1 (empty: it changed nothing)"), max_length=20,
                required=False)
            self.fields["scope"] = forms.CharField(label=_("Where it changed the world (empty: everywhere)"),
                                                   max_length=24, required=False)

    @property
    def own(self) -> list[forms.BoundField]:
        """Fields of this kind of notice."""
        head = {"date", "source", "reliability", "credibility"}
        return [self[name] for name in self.fields if name not in head]

    @property
    def head(self) -> list[forms.BoundField]:
        """When, from whom, how good."""
        return [self[name] for name in ("date", "source", "reliability", "credibility")]

    def mark(self, faults: Mapping[str, Any]) -> None:
        """Put each sentence beside its field."""
        for name, sentence in faults.items():
            self.add_error(name if name in self.fields else None, sentence)
