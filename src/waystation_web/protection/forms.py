"""What people type about assessments and drills, checked before anything is done with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

LONG = 8_000
SAY_REVIEW = _("Choose a day within the next year.")


def _text(label: Any, rows: int = 4) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}))


class AssessmentForm(forms.Form):
    """The questions that no machine answers. `revision` is the edition that was on the page."""

    purposes = _text(_("What are these records for, and who is in them?"))
    necessity = _text(_("Why is each sort of them needed? What would be enough with less?"))
    harms = _text(_("Who could be harmed by them, how, and how badly? Those on the way, families at home, helpers, "
                    "colleagues; by seizure, by a member who is made to tell, by a mistake."), 6)
    measures = _text(_("What is done about each of these, and by whom?"), 6)
    remains = _text(_("What remains, and who accepts that it does?"))
    heard = _text(_("What do the people concerned say to this? If nobody could be asked: why."))
    advice = _text(_("Whose advice was heard (data protection, security, law), and what became of it?"))
    review = forms.DateField(label=_("Looked at again by; a year at most"),
                             widget=forms.DateInput(attrs={"type": "date"}))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_review(self) -> Any:
        """A day to come, a year away at most."""
        day, today = self.cleaned_data["review"], clock.today()
        if not today < day <= today + timedelta(days=365):
            raise forms.ValidationError(SAY_REVIEW, code="review")
        return day

    def answers(self) -> dict[str, str]:
        """What was typed, by question."""
        return {name: said for name, said in self.cleaned_data.items() if name not in {"review", "revision"}}


class DrillForm(forms.Form):
    """A drill that somebody did and saw."""

    sort = forms.ChoiceField(label=_("Which drill"), choices=[("restore", _("restore drill: a backup was restored")),
                                                              ("recovery", _("recovery drill: two sheets opened it"))])
    on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}))
    who = forms.CharField(label=_("Who took part, by handle"), max_length=200)
    passed = forms.ChoiceField(label=_("How it went"), choices=[("yes", _("well: everything was there")),
                                                                ("no", _("not well"))])
    minutes = forms.IntegerField(label=_("Minutes it took"), min_value=1, max_value=10_000)
    wrong = forms.CharField(label=_("What went wrong, and what is done about it"), max_length=2_000, required=False,
                            widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))

    def clean_on(self) -> Any:
        """Not a day to come."""
        day = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."), code="day")
        return day

    def clean(self) -> dict[str, Any]:
        """What did not go well is described."""
        said = super().clean() or {}
        if said.get("passed") == "no" and not said.get("wrong"):
            self.add_error("wrong", _("Write down what went wrong."))
        return said

    def typed(self) -> dict[str, Any]:
        """As the act takes it."""
        return {**self.cleaned_data, "passed": self.cleaned_data["passed"] == "yes"}


class LeaveForm(forms.Form):
    """Nothing invented is left that could be taken for real."""

    cleared = forms.BooleanField(label=_("What was invented here is destroyed, or nobody can take it for real"))
