"""What is typed after somebody arrived. Everything may stay empty: nobody is pressed for an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from . import words as said

LONG, SHORT = 4000, 300
ANSWERS = ("harassed", "benefits_missing", "afraid")


def _words(label: Any, *, rows: int = 2, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, **{"max_length": LONG, "required": False, "widget": forms.Textarea(
        attrs={"rows": rows, "class": "short"})} | more)


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=SHORT, widget=forms.TextInput(attrs={"autocomplete": "off"}),
                           **{"required": False} | more)


def _choice(label: Any, codes: dict[str, Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=said.pairs(codes), required=False)


def _answer(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=said.ANSWER, required=False)


def _number(label: Any, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)


class BeginForm(forms.Form):
    """Who arrived."""

    who = forms.ChoiceField(label=_("Who arrived: case and letter"))
    arrived = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["who"].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]

    def clean_arrived(self) -> date:
        """It has been."""
        return _been(self.cleaned_data["arrived"])

    def typed(self) -> dict[str, Any]:
        """As the act takes it."""
        case, _colon, person = self.cleaned_data["who"].partition(":")
        return {"case": bytes.fromhex(case), "person": person, "arrived": self.cleaned_data["arrived"]}


class TalkForm(forms.Form):
    """What they said when they were asked how they are."""

    milestone = forms.ChoiceField(label=_("Which talk"), required=False,
                                  choices=[("", _("between two of them")), *said.MILESTONE.items()])
    day = forms.DateField(label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}))
    text = _words(_("How they are, in their own words"), rows=3)
    screen = _choice(_("Thoughts of dying: ask gently, and be ready to stay"), said.SCREEN)
    housing = _choice(_("Where they live"), said.HOUSING)
    work = _choice(_("Work"), said.WORK)
    hours = _number(_("Hours of work in a week"), 168)
    tenure = _number(_("Months at this work"), 1200)
    income = _line(_("Income of a month, such as 1800000 KRW"))
    benefits = _words(_("Benefits: what is due, what came"))
    benefits_missing = _answer(_("A benefit that is theirs was not paid"))
    harassed = _answer(_("A creditor harasses them"))
    school = _choice(_("School of the children"), said.SCHOOL)
    needs = forms.MultipleChoiceField(label=_("What they need help with"), choices=list(said.NEEDS.items()),
                                      widget=forms.CheckboxSelectMultiple, required=False)
    afraid = _answer(_("They are afraid of staff, or of other arrivals"))
    staff = _words(_("If so: how it shows, and whom they trust. Do not press."))
    language = _line(_("Trouble with the language: accent, loan words"))
    satisfaction = forms.ChoiceField(label=_("How content they are, as they say it"), required=False, choices=[
        ("", _("nobody asked")), ("1", _("1 – not at all")), ("2", "2"), ("3", "3"), ("4", "4"), ("5", _("5 – very"))])

    def clean_day(self) -> date:
        """It has been."""
        return _been(self.cleaned_data["day"])

    def typed(self) -> dict[str, Any]:
        """As the act takes it: an answer is yes, no, or not there."""
        given = dict(self.cleaned_data)
        return given | {name: {"yes": True, "no": False}.get(given[name]) for name in ANSWERS}


class WorseForm(forms.Form):
    """They were treated worse."""

    where = _line(_("Where, as at work or at school"), required=True)
    what = _words(_("What happened"), required=True)
    action = _words(_("What was done about it"))


class ActedForm(forms.Form):
    """What was done about it."""

    item = forms.RegexField(r"^[0-9a-f]{16}$", widget=forms.HiddenInput)
    action = _words(_("What was done about it"), required=True)


class RelationForm(forms.Form):
    """Whom they met since they left."""

    what = _line(_("Who it is to them, without a name"), required=True)
    since = _line(_("Since about when, and where"))
    together = forms.ChoiceField(label=_("How they live"), choices=[("", _("Choose")), *said.TOGETHER.items()])


class ReunionForm(forms.Form):
    """They ask for a relative."""

    with_ = _line(_("Whom they want to be with, without a name"), required=True)
    wish = _words(_("In their own words"), required=True)

    def typed(self) -> dict[str, Any]:
        """As the act takes it."""
        return {"with": self.cleaned_data["with_"], "wish": self.cleaned_data["wish"]}


class WhyForm(forms.Form):
    """A reason."""

    why = _words(_("In their own words"), required=True)


class EndForm(forms.Form):
    """How it went."""

    code = forms.ChoiceField(label=_("How it went"), choices=[("", _("Choose")), *said.OUTCOME.items()])
    text = _words(_("How it is known"), required=True)


def _been(given: date) -> date:
    if given > clock.today():
        raise forms.ValidationError(_("This day is still to come."), code="day")
    return given
