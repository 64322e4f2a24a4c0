"""What people type when they decide, checked before anything is done with it. Nothing is preselected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from .words import BIASES, CHOICES

LONG, SHORT = 4_000, 600
YES_NO = (("yes", _("Yes")), ("no", _("No")))


class DecideForm(forms.Form):
    """The first signer's page."""

    chosen = forms.ChoiceField(label=_("Your decision"), choices=CHOICES, widget=forms.RadioSelect,
                               error_messages={"required": _("Choose one. Nothing is chosen for you.")})
    reasons = forms.CharField(label=_("Why, in your own words"), max_length=LONG,
                              widget=forms.Textarea(attrs={"rows": 5}))
    change_of_mind = forms.CharField(label=_("What would change your mind"), max_length=SHORT,
                                     widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))
    alternatives = forms.CharField(label=_("What else you looked at, and why not that"), max_length=LONG,
                                   required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))
    abort_rule = forms.CharField(label=_("When the party turns back or stops"), max_length=SHORT, required=False,
                                 widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))
    dissent = forms.CharField(label=_("Who sees it otherwise, and why"), max_length=LONG, required=False,
                              widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))
    look_again = forms.DateField(label=_("Look again on"), required=False,
                                 widget=forms.DateInput(attrs={"type": "date"}))
    stake = forms.CharField(label=_("What you have at stake yourself, if anything"), max_length=SHORT, required=False)
    second = forms.ChoiceField(label=_("Who is asked to sign second"))

    def __init__(self, *given: Any, colleagues: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["second"].choices = [("", _("Choose")), *colleagues]  # type: ignore[attr-defined]
        for name, question in BIASES:
            self.fields[f"bias_{name}"] = forms.ChoiceField(label=question, choices=YES_NO, widget=forms.RadioSelect,
                                                            error_messages={"required": _("Answer yes or no.")})

    @property
    def asked(self) -> list[Any]:
        """The questions to oneself, as fields in their order."""
        return [self[f"bias_{name}"] for name, _question in BIASES]

    def clean_look_again(self) -> Any:
        """A day that is not past."""
        day = self.cleaned_data["look_again"]
        if day is not None and day < clock.today():
            raise forms.ValidationError(_("This day is past. Choose today or a later day."), code="past")
        return day

    def biases(self) -> dict[str, bool]:
        """The answers, by question."""
        return {name: self.cleaned_data[f"bias_{name}"] == "yes" for name, _question in BIASES}


class WordsForm(forms.Form):
    """Why somebody does not sign, or sees it otherwise."""

    text = forms.CharField(label=_("In your own words"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}))


class GiveForm(forms.Form):
    """That the sheet is laid into the case, so that it can be read aloud there."""

    sure = forms.BooleanField(label=_("It names no place and no helper. I looked."))
