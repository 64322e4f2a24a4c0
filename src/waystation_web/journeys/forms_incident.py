"""What is typed when something has happened. Nothing is preselected, and no field asks for a name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.network.words import MODES
from waystation_web.plans.words import as_money

from . import words
from .responding import SAID

LONG, SHORT = 4_000, 200
Pairs = list[tuple[str, str]]


class ReportForm(forms.Form):
    """What is known in the first minutes."""

    kind = forms.ChoiceField(label=_("What happened"), choices=(("", _("Choose")), *words.INCIDENTS))
    how_known = forms.CharField(label=_("How it is known"), max_length=LONG,
                                widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))
    province = forms.CharField(label=_("Province or public town"), max_length=SHORT, required=False)
    force = forms.CharField(label=_("Which force, if known"), max_length=SHORT, required=False)
    moved_by = forms.ChoiceField(label=_("How they were taken away, if known"), required=False,
                                 choices=(("", _("not known")), *MODES.items()))
    restraint = forms.MultipleChoiceField(label=_("How they were held, as far as it is known"), required=False,
                                          choices=words.RESTRAINTS, widget=forms.CheckboxSelectMultiple)
    stop = forms.BooleanField(label=_("The journey stops here"), required=False)


class LetGoForm(forms.Form):
    """What was frozen may be used again. The codes are ticks beside it."""

    reason = forms.CharField(max_length=LONG)


class FamilyForm(forms.Form):
    """Who tells the family what, and when it is safe."""

    who = forms.CharField(label=_("Who is told, as we call them: no name, no number"), max_length=SHORT)
    teller = forms.ChoiceField(label=_("Who tells them"))
    says = forms.CharField(label=_("What may be said, and what not"), max_length=LONG,
                           widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))
    when = forms.CharField(label=_("When and how it is safe for them"), max_length=SHORT)

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["teller"].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """A step of an incident."""

    reason = forms.CharField(label=_("Why, in your own words"), max_length=LONG)

    def __init__(self, *given: Any, event: str, **more: Any) -> None:
        super().__init__(*given, **more)
        for name in SAID.get(event, ()):
            self.fields[name] = forms.BooleanField(label=words.INCIDENT_SAID[name], required=False)
        self.fields["other"] = forms.CharField(max_length=32, required=False)  # who signs for the other office


class DemandForm(forms.Form):
    """A demand for money."""

    amount = forms.CharField(label=_("How much is demanded, with its currency"), max_length=40)
    words = forms.CharField(label=_("In their words, and how it came"), max_length=LONG,
                            widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))
    note = forms.CharField(label=_("What counsel says, or that nobody was asked yet"), max_length=LONG)
    second = forms.ChoiceField(label=_("Who is asked to sign for money"))
    other = forms.ChoiceField(label=_("Who signs that it waits: a security officer beside a coordinator"))

    def __init__(self, *given: Any, people: Pairs, others: Pairs, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, who in (("second", people), ("other", others)):
            self.fields[name].choices = [("", _("Choose")), *who]  # type: ignore[attr-defined]

    def clean_amount(self) -> Any:
        """An amount with its currency."""
        money = as_money(self.cleaned_data["amount"])
        if money is None:
            raise forms.ValidationError(_("Write an amount and its currency, for example 1000 USD."), code="money")
        return money
