"""What is typed to find somebody. No field asks for a name; nothing is chosen beforehand, but that it is about all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from . import words
from .forms import SHORT, long_words
from .known import STATES

Pairs = list[tuple[str, str]]
ALL = ("", _("all of them"))


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class Dated(forms.Form):
    """A step that comes next has a day; what was asked or answered was not so tomorrow."""

    def clean(self) -> dict[str, Any]:
        """Days that may be."""
        cleaned = super().clean() or {}
        for name in ("asked_on", "answered_on"):
            if cleaned.get(name) and cleaned[name] > clock.today():
                self.add_error(name, _("This day has not come yet."))
        if cleaned.get("next") and not cleaned.get("due"):
            self.add_error("due", _("Say by when. Without a day nobody is reminded."))
        return cleaned


class AskedForm(Dated):
    """Somebody was asked, or is to be."""

    who = forms.ChoiceField(label=_("Who is looked for"), required=False)
    body = forms.ChoiceField(label=_("Who is asked"), choices=(("", _("Choose")), *words.BODIES))
    which = forms.CharField(label=_("Which one, by a public name or a code"), max_length=SHORT)
    state = forms.CharField(label=_("In which State, or of which (two letters)"), max_length=2, required=False,
                            widget=forms.TextInput(attrs={"autocomplete": "off", "size": 3, "class": "code"}))
    asked_by = forms.ChoiceField(label=_("Who of us asks"))
    asked_on = _day(_("Asked on (empty: not yet)"))
    asks = long_words(_("What is asked, and what they are told for it"))
    next = forms.CharField(label=_("What comes next"), max_length=SHORT, required=False)
    due = _day(_("By when"))

    def __init__(self, *given: Any, people: Pairs, colleagues: Pairs, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["who"].choices = [ALL, *people]  # type: ignore[attr-defined]
        self.fields["asked_by"].choices = [("", _("Choose")), *colleagues]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A State by its code; what was not asked yet has a day by which it is."""
        cleaned = super().clean()
        state = str(cleaned.get("state") or "").upper()
        if state and state not in STATES:
            self.add_error("state", _("No State has this code. Two letters, for example LA."))
        if not cleaned.get("asked_on") and not cleaned.get("due") and "due" not in self.errors:
            self.add_error("due", _("Say by when. Without a day nobody is reminded."))
        return cleaned | {"state": state}


class AnsweredForm(Dated):
    """What was heard."""

    asked_on = _day(_("Asked on (empty: not yet)"))
    answer = long_words(_("What they answered; empty: nothing yet"), required=False)
    answered_on = _day(_("Answered on"))
    next = forms.CharField(label=_("What comes next"), max_length=SHORT, required=False)
    due = _day(_("By when"))


class FoundForm(forms.Form):
    """What became of somebody."""

    who = forms.ChoiceField(label=_("Who was looked for"), required=False)
    fate = forms.ChoiceField(label=_("What became of them"), choices=(("", _("Choose")), *words.FATES))
    how_known = long_words(_("How it is known, and where they are: province or public town"))

    def __init__(self, *given: Any, people: Pairs, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["who"].choices = [ALL, *people]  # type: ignore[attr-defined]
