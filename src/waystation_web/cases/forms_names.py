"""What people type about names and what else tells who somebody is: sealed apart, for worker and deputy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import values
from .folk import Someone
from .forms import Code, Line, Number, Words, plain
from .forms_case import AccountField, ReasonField, day_field
from .words import choices

RELATIVES = ("spouse", "parents", "children", "siblings", "others")
MOST_NAMES = 40


class NameForm(forms.Form):
    """One name as it was given: in its script, in its order; nothing is guessed from another one."""

    person = forms.ChoiceField(label=_("Whose"), required=False)
    text = Line(label=_("Name as given"), max_length=120)
    script = forms.ChoiceField(label=_("Script"), required=False, choices=lambda: choices("script"))
    kind = Code("name_kind", label=_("What kind"))
    order = Code("order", label=_("Order"))

    def __init__(self, *args: Any, people: tuple[Someone, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [("", _("not known")), *((one.id, one.code) for one in people)]


NameForms = forms.formset_factory(NameForm, extra=2, max_num=MOST_NAMES, validate_max=True)


class NamesForm(forms.Form):
    """How to reach them, how we know them, who of them is inside (as numbers only), their health."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    household = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)
    number = Line(label=_("Number or name to call back"))
    safe_times = Line(label=_("When it is safe to call"))
    says = Line(label=_("What we say if somebody else answers"))
    question = Line(label=_("Question by which we know them"))
    answer = Line(label=_("Their answer"))
    duress = Line(label=_("Word that they say when somebody forces them"))
    spouse = Number(label=_("Husband or wife inside"), most=1)
    parents = Number(label=_("Parents inside"), most=4)
    children = Number(label=_("Children inside"), most=30)
    siblings = Number(label=_("Brothers and sisters inside"), most=30)
    others = Number(label=_("Other relatives inside"), most=200)
    health = Words(label=_("Health, in their own words"), rows=4, max_length=20_000)

    @property
    def shown(self) -> list[forms.BoundField]:
        """Every field that a person fills in."""
        return [self[name] for name in self.fields if name not in {"revision", "household"}]

    def fields_of(self, names: Any) -> dict[str, Any]:
        """What is to be sealed; `names` are the forms of names."""
        typed = self.cleaned_data
        given = [plain(one.cleaned_data) for one in names if one.cleaned_data.get("text")]
        return {
            "names": given, "health": typed["health"] or None,
            "call_back": plain({name: typed[name] for name in ("number", "safe_times", "says")}) or None,
            "challenge": plain({name: typed[name] for name in ("question", "answer", "duress")}) or None,
            "relatives_inside": plain({name: typed[name] for name in RELATIVES}) or None}


def names_initial(body: Mapping[str, Any], revision: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A record of names as the forms show it."""
    said: dict[str, Any] = {"revision": revision, "health": values.text(body, "health")}
    for part in ("call_back", "challenge"):
        said |= {name: values.text(values.part(body, part), name)
                 for name in ("number", "safe_times", "says", "question", "answer", "duress")
                 if name in values.part(body, part)}
    inside = values.part(body, "relatives_inside")
    said |= {name: values.whole(inside, name) for name in RELATIVES}
    return said, [dict(one) for one in values.items(body, "names")]


class ShareNamesForm(forms.Form):
    """Who reads names until which day, and why."""

    colleague = AccountField(label=_("Colleague"), required=True)
    reason = ReasonField(label=_("Why they need it"))
    until = day_field(_("Until"), required=True)

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["colleague"].choices = [("", _("Choose")), *people]


__all__ = ["NameForms", "NamesForm", "ShareNamesForm", "names_initial"]
