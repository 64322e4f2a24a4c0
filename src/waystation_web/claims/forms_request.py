"""What is typed about a person's request. No field asks for a paper, a number of one, or a picture."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from . import words as said
from .forms import choice, day, line, not_to_come, words


class RequestForm(forms.Form):
    """A request as it reached the office."""

    whose = choice(_("Whose file: case and letter of the person"), [])
    kinds = forms.MultipleChoiceField(label=_("What they ask"), choices=said.pairs(said.ASKED),
                                      widget=forms.CheckboxSelectMultiple)
    received = day(_("On which day"))
    language = choice(_("In which language they are answered"), list(settings.LANGUAGES))
    words = words(_("In their own words"), required=False)

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["whose"].choices = [("", _("Choose")), *people]

    def clean_received(self) -> date:
        """It has arrived."""
        return not_to_come(self.cleaned_data["received"])

    def typed(self) -> dict[str, Any]:
        """As the act takes it."""
        case, _colon, person = self.cleaned_data["whose"].partition(":")
        return {**self.cleaned_data, "case": bytes.fromhex(case), "person": person}


class KnowForm(forms.Form):
    """How it is known that it is they."""

    how = choice(_("How it is known that it is they"), said.pairs(said.KNOWN_BY))
    text = line(_("What was asked and answered, without their answer itself"), required=False)


class ExtendForm(forms.Form):
    """Why it takes longer."""

    why = words(_("Why it takes longer, as they were told"), rows=2)


class ReadForm(forms.Form):
    """One text of the pack."""

    key = forms.RegexField(r"^[0-9a-f]{16}$")
    source = forms.RegexField(r"^[0-9a-f]{64}$")
    text = forms.CharField(max_length=40_000, required=False)
    left = forms.CharField(max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Given as it stands there, or left out for a reason."""
        given = super().clean() or {}
        if not given.get("text") and not given.get("left"):
            self.add_error("left", _("Leave the words that may be given, or say why none may."))
        return given


class EntryForm(forms.Form):
    """A correction, an objection, a yes that is taken back, or that it is to be destroyed."""

    kind = choice(_("What they ask"), said.pairs(said.ASKED, ("correction", "objection", "withdrawal", "deletion")))
    what = words(_("What it is about"), rows=2)
    was = words(_("What stands there now"), rows=2, required=False)
    now = words(_("What they say is right"), rows=2, required=False)
    answer = words(_("What was done, or why not"), rows=2)


class GiveForm(forms.Form):
    """How the pack reached them."""

    how = choice(_("How the pack was given"), said.pairs(said.GIVEN))


class AnswerForm(forms.Form):
    """What they were told."""

    text = words(_("What they were told"))
