"""What is typed of what became known. No field asks for a name; States are codes, and may stay empty: nobody knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.cases.words_screens import PURPOSES

from .forms import SHORT, long_words
from .known import STATES


def _state(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2, required=False, widget=forms.TextInput(
        attrs={"autocomplete": "off", "size": 3, "class": "code"}))


class HandedForm(forms.Form):
    """One hand-over."""

    from_ = _state(_("From which State (two letters; empty: nobody knows)"))
    to = _state(_("To which State (two letters; empty: nobody knows)"))
    day = forms.DateField(label=_("On which day, if anybody knows"), required=False,
                          widget=forms.DateInput(attrs={"type": "date"}))
    how_known = forms.CharField(label=_("How it is known"), max_length=SHORT)

    def clean(self) -> dict[str, Any]:
        """Codes in capitals; a hand-over of which neither side is known says nothing."""
        cleaned = super().clean() or {}
        for name in ("from_", "to"):
            code = str(cleaned.get(name) or "").upper()
            if code and code not in STATES:
                self.add_error(name, _("No State has this code. Two letters, for example LA."))
            cleaned[name] = code
        if not self.errors and not (cleaned["from_"] or cleaned["to"]):
            self.add_error(None, _("Say at least one of the two States."))
        return cleaned


class PurposeForm(forms.Form):
    """For what, and why it could happen."""

    purposes = forms.MultipleChoiceField(label=_("For what they were sold or taken, as far as it is known"),
                                         choices=PURPOSES,
                                         widget=forms.CheckboxSelectMultiple, required=False)
    causes = long_words(_("What made it possible: what a lesson may be drawn from"), required=False)
