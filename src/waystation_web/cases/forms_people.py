"""What people type about the people of a case: facts that a plan needs, households, relations. No names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .folk import Household, Someone
from .forms import Answer, Bland, Code, Codes, Line, Number, answered, plain
from .queries import is_vague_date
from .words import choices, needs_by_family

ABLE = ("exertion", "walk_km_day", "carry_kg", "swim", "cold", "slower_percent", "medicine", "keep_cold",
        "uncooled_h")

MOST_HOURS = 2000  # longer than that is not kept cold


class PersonForm(forms.Form):
    """One person by code: no name, nothing that tells who they are."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    age = Number(label=_("Age as told"), most=120)
    korean_age = forms.BooleanField(label=_("Counted the Korean way (one at birth, one more each new year)"),
                                    required=False)
    birth = Line(label=_("Or born: 2013-05-17, 2013-05, 2013, 201X, 2013~ for about"), max_length=11)
    lunar = forms.BooleanField(label=_("Told by the lunar calendar"), required=False)
    adult = Answer(label=_("Grown up? Only if somebody decided it"))
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=lambda: choices("sex"))
    position = Code("position", label=_("Place in the family"))
    situation = Code("situation", label=_("Situation"))
    languages = Line(label=_("Languages"), max_length=80)
    pregnant_weeks = Number(label=_("Pregnant: which week today"), most=45)
    documents_with = Code("held_by", label=_("Who has their papers"))
    exertion = Number(label=_("Most effort they can bear: 1 short level walks, 5 mountains at night"), least=1, most=5)
    walk_km_day = Number(label=_("Kilometres a day they can walk"), most=60)
    carry_kg = Number(label=_("Kilograms they can carry, beside a child in their arms"), most=60)
    swim = Answer(label=_("Can they swim?"))
    cold = Answer(label=_("Can they bear cold?"))
    slower_percent = Number(label=_("How slow: 100 as others, 150 half as slow again"), least=100, most=500)
    medicine = Line(label=_("Medicine that must be there every day"))
    keep_cold = Answer(label=_("Must that medicine be kept cold?"))
    uncooled_h = Number(label=_("Hours it keeps without cold, until it is cooled again"), most=MOST_HOURS)
    needs = Codes("needs", label=_("Needs"))

    FACTS = ("age", "korean_age", "birth", "lunar", "adult", "sex", "position", "situation", "languages",
             "pregnant_weeks", "documents_with")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["needs"].choices = needs_by_family()

    @property
    def facts(self) -> list[forms.BoundField]:
        """Who they are, as far as a plan must know."""
        return [self[name] for name in self.FACTS]

    @property
    def able(self) -> list[forms.BoundField]:
        """What they can do."""
        return [self[name] for name in ABLE]

    def clean_birth(self) -> str:
        """A date as vague as it was told."""
        said: str = self.cleaned_data["birth"]
        if said and not is_vague_date(said):
            raise forms.ValidationError(_("Write it as 2013-05-17, 2013-05, 2013, 201X, or 2013~ for about."),
                                        code="birth")
        return said

    def clean(self) -> dict[str, Any]:
        """By the Korean count nobody is younger than one; hours without cold are of what must be kept cold."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("korean_age") and typed.get("age") == 0:
            self.add_error("age", _("By the Korean count a newborn is one."))
        if typed.get("uncooled_h") is not None and typed.get("keep_cold") is not True:
            self.add_error("keep_cold", _("Say yes if it must be kept cold, or take out the hours it keeps without."))
        return typed

    def fields_of(self, today: date, before: Someone | None = None) -> dict[str, Any]:
        """What is to be written. The day on which age or weeks were told is kept while they stay the same."""
        typed = self.cleaned_data
        fields: dict[str, Any] = {name: typed[name] for name in (*self.FACTS, "needs")}
        for name, day in (("age", "age_on"), ("pregnant_weeks", "pregnant_on")):
            old = before and getattr(before, name) == typed[name] and getattr(before, day)
            fields[day] = "" if typed[name] is None else (old or today).isoformat()
        return fields | {"fitness": plain({name: typed[name] for name in ABLE})}


def person_initial(one: Someone, revision: int) -> dict[str, Any]:
    """A person as the form shows them."""
    said: dict[str, Any] = {name: getattr(one, name) for name in (*PersonForm.FACTS, "needs")}
    said |= {name: getattr(one.fitness, name) for name in ABLE}
    return said | {"revision": revision, "adult": answered(one.adult), "swim": answered(one.fitness.swim),
                   "cold": answered(one.fitness.cold), "keep_cold": answered(one.fitness.keep_cold)}


class HouseholdForm(forms.Form):
    """A unit of kin or care, and who in it may never be parted."""

    household = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = Bland(label=_("What we call this household (no real name)"), max_length=60)
    members = forms.MultipleChoiceField(label=_("Who belongs to it"), required=False,
                                        widget=forms.CheckboxSelectMultiple)
    kin = Answer(label=_("Are they kin?"))
    head = forms.ChoiceField(label=_("Who speaks for it; each adult also answers alone"), required=False)
    stay_together = Code("stay_together", label=_("May they be parted on the way?"),
                         empty="nobody asked: they stay together")
    never_parted = forms.MultipleChoiceField(label=_("Never to be parted from each other, whatever happens"),
                                             required=False, widget=forms.CheckboxSelectMultiple)
    never_parted_2 = forms.MultipleChoiceField(label=_("Others who are never to be parted from each other"),
                                               required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: tuple[Someone, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        codes = [(one.id, one.code) for one in people]
        for name in ("members", "never_parted", "never_parted_2"):
            self.fields[name].choices = codes
        self.fields["head"].choices = [("", _("not known")), *codes]

    def clean(self) -> dict[str, Any]:
        """Whoever is never to be parted belongs to the household, and one alone is no group."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        members = set(typed.get("members", ()))
        for name in ("never_parted", "never_parted_2"):
            group = typed.get(name, [])
            if len(group) == 1:
                self.add_error(name, _("Choose two people at least, or nobody."))
            elif not set(group) <= members:
                self.add_error(name, _("Choose people of this household only."))
        return typed

    @property
    def fields_typed(self) -> dict[str, Any]:
        """What is to be written."""
        typed = self.cleaned_data
        groups = [group for group in (typed["never_parted"], typed["never_parted_2"]) if group]
        return {"name": typed["name"], "members": typed["members"], "kin": typed["kin"], "head": typed["head"],
                "stay_together": typed["stay_together"], "never_parted": groups}


def household_initial(one: Household, revision: int) -> dict[str, Any]:
    """A household as the form shows it."""
    first, second = (*one.never_parted, (), ())[:2]
    return {"household": one.id, "revision": revision, "name": one.name, "members": one.members,
            "kin": answered(one.kin), "head": one.head, "stay_together": one.stay_together, "never_parted": first,
            "never_parted_2": second}


class RelationForm(forms.Form):
    """One person is something to another."""

    from_ = forms.ChoiceField(label=_("Who"))
    type_ = forms.ChoiceField(label=_("is"), choices=lambda: choices("relation", empty="Choose"))
    to = forms.ChoiceField(label=_("of whom"))
    certainty = Code("certainty", label=_("How sure"))
    kind = Code("care", label=_("By birth or as guardian"))

    def __init__(self, *args: Any, people: tuple[Someone, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("from_", "to"):
            self.fields[name].choices = [(one.id, one.code) for one in people]

    def clean(self) -> dict[str, Any]:
        """Nobody is their own relative."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("from_") and typed.get("from_") == typed.get("to"):
            self.add_error("to", _("Choose two different people."))
        return typed
