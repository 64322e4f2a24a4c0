"""What people type about a season: what the house has, what is to become of each mission. Nothing is preselected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import words
from .chosen import CANNOT, MOVE, WAIT

Names = Sequence[tuple[str, str]]
SHORT, LONG, WEEKS = 120, 1_000, 26
_MONEY = re.compile(r"(\d[\d,]{0,12}) ?([A-Z]{3})")
OF_100 = {"min_value": 0, "max_value": 100}


class WeeklyField(forms.CharField):
    """One number for every week, or one for each: `2` or `2 2 1 0`."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=SHORT, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)

    def clean(self, value: Any) -> Any:
        """A number, a list of numbers, or None where nothing was typed and nothing must be."""
        typed = str(super().clean(value)).replace(",", " ").split()
        if not typed:
            return None
        if not all(one.isascii() and one.isdigit() and len(one) <= 4 for one in typed):
            raise forms.ValidationError(_("Whole numbers alone: one for all weeks, or one for each week."),
                                        code="weekly")
        numbers = [int(one) for one in typed]
        return numbers[0] if len(numbers) == 1 else numbers


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, **{"min_value": 0, "max_value": 10_000} | more)


class AskForm(forms.Form):
    """What there is in the coming weeks, by a person's word. An empty limit limits nothing, and the page says which."""

    title = forms.CharField(label=_("What you call it"), max_length=SHORT,
                            widget=forms.TextInput(attrs={"autocomplete": "off"}))
    first_week = forms.DateField(label=_("First day, a Monday"), widget=forms.DateInput(attrs={"type": "date"}))
    weeks = _number(_("How many weeks"), min_value=1, max_value=WEEKS)
    budget = forms.CharField(label=_("Money in all, as 9000 USD"), max_length=SHORT,
                             widget=forms.TextInput(attrs={"autocomplete": "off"}))
    moving = WeeklyField(label=_("Parties that the desk can follow at once (empty: no limit)"), required=False)
    sharing = _number(_("Missions that may share one guide or one house (empty: no limit)"), min_value=1,
                      max_value=1000, required=False)
    bad_case = _number(_("People who may be lost in the worst tenth of cases, at most (empty: no limit)"),
                       max_value=1000, required=False)
    safety_floor = _number(_("Of 100 parties like this, how many must arrive even at the low end"), **OF_100)

    def __init__(self, *given: Any, parties: Names, guides: Names, houses: Names, areas: Names, classes: Names,
                 **more: Any) -> None:
        super().__init__(*given, **more)
        self.guides, self.houses, self.areas, self.classes = guides, houses, areas, classes
        for code, name in guides:
            self.fields[f"guide_{code}"] = WeeklyField(label=_("%(name)s: parties at once") % {"name": name})
        for code, name in houses:
            self.fields[f"house_{code}"] = WeeklyField(label=_("%(name)s: beds, 0 in a week of rest") % {"name": name})
        for code, name in areas:
            self.fields[f"likely_{code}"] = _number(
                _("%(name)s: chance of a crackdown, of 100") % {"name": name}, **OF_100)
            self.fields[f"lost_{code}"] = _number(
                _("%(name)s: of 100 parties, how many more are lost then") % {"name": name}, **OF_100)
            self.fields[f"pass_{code}"] = _number(
                _("%(name)s: people who may pass in any two weeks (empty: no limit)") % {"name": name}, required=False)
        for name, called in classes:
            self.fields[f"floor_{name}"] = _number(
                _("Of 100 %(who)s, at least (empty: no floor)") % {"who": called}, required=False, **OF_100)
        for name, label in (("take", _("Must be taken, by your word")), ("leave", _("Left out, by your word"))):
            self.fields[name] = forms.MultipleChoiceField(label=label, choices=list(parties), required=False,
                                                          widget=forms.CheckboxSelectMultiple)

    def of(self, prefix: str) -> list[Any]:
        """The fields of one group, in their order."""
        return [self[name] for name in self.fields if name.startswith(prefix)]

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        """Everything the page shows, in groups."""
        return [(_("The weeks and the money"), [self[name] for name in ("title", "first_week", "weeks", "budget")]),
                (_("Guides"), self.of("guide_")), (_("Houses"), self.of("house_")),
                (_("Areas, as you judge them"), [self[f"{what}_{code}"] for code, _name in self.areas
                                                 for what in ("likely", "lost", "pass")]),
                (_("Limits"), [self[name] for name in ("moving", "sharing", "bad_case", "safety_floor")]),
                (_("Floors for those most at risk"), self.of("floor_")),
                (_("Your word about single missions"), [self["take"], self["leave"]])]

    def clean_first_week(self) -> date:
        """A Monday: weeks begin with it."""
        day: date = self.cleaned_data["first_week"]
        if day.weekday():
            raise forms.ValidationError(_("This is no Monday. Choose the Monday on which the first week begins."),
                                        code="monday")
        return day

    def clean_budget(self) -> tuple[int, str]:
        """A whole amount and its currency."""
        found = _MONEY.fullmatch(self.cleaned_data["budget"].strip())
        if found is None:
            raise forms.ValidationError(_("A whole amount with its currency, as 9000 USD."), code="money")
        return int(found[1].replace(",", "")), found[2]

    def clean(self) -> dict[str, Any]:
        """Nobody must be taken and be left out."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if set(said.get("take", ())) & set(said.get("leave", ())):
            self.add_error("leave", forms.ValidationError(_("It must be taken and is left out. Choose one."),
                                                          code="both"))
        return said

    def caps(self) -> dict[str, Any]:
        """What there is, as `waystation portfolio` reads it."""
        said = self.cleaned_data
        amount, currency = said["budget"]
        told = {"moving": said["moving"], "sharing": said["sharing"],
                "bad_case": None if said["bad_case"] is None else 1000 * said["bad_case"]}
        return {
            "waystation_caps": 1, "budget": f"{amount} {currency}",
            "guides": {code: said[f"guide_{code}"] for code, _name in self.guides},
            "houses": {code: said[f"house_{code}"] for code, _name in self.houses},
            "exposure": {code: said[f"pass_{code}"] for code, _name in self.areas
                         if said[f"pass_{code}"] is not None},
            "floors": {name: said[f"floor_{name}"] for name, _called in self.classes
                       if said[f"floor_{name}"] is not None},
            "safety_floor": 10 * said["safety_floor"], "take": said["take"], "leave": said["leave"],
            **{name: value for name, value in told.items() if value is not None}}


class ChooseForm(forms.Form):
    """What is to become of each mission, each by itself and with its reason. Nothing is chosen for anybody."""

    second = forms.ChoiceField(label=_("Who is asked to sign second"))

    def __init__(self, *given: Any, parties: Sequence[Any], colleagues: Names, **more: Any) -> None:
        super().__init__(*given, **more)
        self.parties = parties
        self.fields["second"].choices = [("", _("Choose")), *colleagues]  # type: ignore[attr-defined]
        for one in parties:
            ways = [(f"{MOVE}:{way.code}", _("Move: %(way)s") % {"way": way.name}) for way in one.ways if not way.why]
            self.fields[f"what_{one.code}"] = forms.ChoiceField(
                label=one.ref, choices=[*ways, (WAIT, words.WHAT[WAIT].capitalize()),
                                        (CANNOT, words.WHAT[CANNOT].capitalize())], widget=forms.RadioSelect,
                error_messages={"required": _("Choose one. Nothing is chosen for you.")})
            self.fields[f"why_{one.code}"] = forms.CharField(
                label=_("Why"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each mission with its two fields."""
        return [(one, self[f"what_{one.code}"], self[f"why_{one.code}"]) for one in self.parties]

    def said(self) -> list[tuple[str, str, str, str]]:
        """Mission, what, way and reason of each."""
        found = []
        for one in self.parties:
            what, _colon, way = self.cleaned_data[f"what_{one.code}"].partition(":")
            found.append((one.code, what, way, self.cleaned_data[f"why_{one.code}"]))
        return found


class WordsForm(forms.Form):
    """Why somebody does not sign."""

    text = forms.CharField(label=_("Why I do not sign"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}))
