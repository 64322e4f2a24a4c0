"""What people type about a call and a list. Nothing is mandatory: a case is usable with five fields, or with none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .queries import as_money, case_called, gives_away
from .words import ASKED_FIRST, choices

WORDS_MAX, LINE_MAX = 4000, 200
MOST = 200   # people of one case


class Words(forms.CharField):
    """A text of several lines, as somebody said it."""

    def __init__(self, *, rows: int = 4, **more: Any) -> None:
        super().__init__(**{"required": False, "max_length": WORDS_MAX, "strip": True,
                            "widget": forms.Textarea(attrs={"rows": rows, "class": "short"})} | more)


class Line(forms.CharField):
    """A text of one line."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"required": False, "max_length": LINE_MAX,
                            "widget": forms.TextInput(attrs={"autocomplete": "off"})} | more)


class Bland(Line):
    """A text of one line that everybody who opens the case may read: no number, no address, no exact position."""

    def clean(self, value: Any) -> Any:
        """Refuse what would tell where or how somebody is reached."""
        said = super().clean(value)
        if said and gives_away(said):
            raise forms.ValidationError(_("Numbers, addresses and exact places belong to the sealed names. Take them "
                                          "out here."), code="gives_away")
        return said


class Number(forms.IntegerField):
    """A small whole number, or nothing."""

    def __init__(self, *, most: int = MOST, least: int = 0, **more: Any) -> None:
        super().__init__(**{"required": False, "min_value": least, "max_value": most,
                            "widget": forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})} | more)


class Code(forms.ChoiceField):
    """One code of a list, or not known."""

    def __init__(self, of: str, *, radio: bool = False, empty: str = "not known", **more: Any) -> None:
        widget = forms.RadioSelect if radio else forms.Select
        super().__init__(**{"required": False, "choices": lambda: choices(of, empty=empty), "widget": widget} | more)


class Codes(forms.MultipleChoiceField):
    """Several codes of a list."""

    def __init__(self, of: str, *, only: Iterable[str] = (), **more: Any) -> None:
        super().__init__(**{"required": False, "choices": lambda: choices(of, only=only),
                            "widget": forms.CheckboxSelectMultiple} | more)


class Answer(Code):
    """Yes, no, or not known: True, False or None."""

    def __init__(self, **more: Any) -> None:
        super().__init__("yes_no", **more)

    def clean(self, value: Any) -> Any:
        """The answer as a payload keeps it."""
        return {"yes": True, "no": False}.get(super().clean(value))


class Price(Line):
    """An amount and a currency, kept as one text such as "1200 USD"; never converted."""

    def clean(self, value: Any) -> Any:
        """The amount as the office writes it."""
        said = super().clean(value)
        money = as_money(said) if said else ""
        if money is None:
            raise forms.ValidationError(_("Write an amount and a currency code, for example 1200 USD."), code="money")
        return money


class Reference(Line):
    """The reference of a case that this person holds; as the id of the case, or an empty text."""

    actor: Any = None

    def clean(self, value: Any) -> Any:
        """Look it up among the cases held. Nothing is learned of any other."""
        said = super().clean(value)
        if not said:
            return ""
        found = case_called(self.actor, said)
        if not found:
            raise forms.ValidationError(_("You hold no case of this reference. Leave it empty, or ask a colleague."),
                                        code="reference")
        return found.hex()


def answered(value: object) -> str:
    """An answer as a form shows it.

    >>> answered(True), answered(None)
    ('yes', '')
    """
    return {True: "yes", False: "no"}.get(value, "") if isinstance(value, bool) else ""


class FilterForm(forms.Form):
    """Which cases to show. It goes by POST: a need in an address would stay in a browser."""

    whose = forms.ChoiceField(label=_("Whose"), required=False,
                              choices=[("all", _("all that I hold")), ("mine", _("mine"))])
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[
        ("open", _("open")), ("requests", _("requests")), ("crisis", _("crisis")), ("over", _("closed")),
        ("any", _("every stage"))])
    need = forms.ChoiceField(label=_("Need"), required=False, choices=lambda: choices("needs", empty="any need"))
    only = forms.ChoiceField(label=_("Only"), required=False, choices=[
        ("", _("everything")), ("urgent", _("danger now")), ("late", _("late"))])
    whole = forms.BooleanField(required=False, widget=forms.HiddenInput)


class IntakeForm(forms.Form):
    """A call at night: five fields first, and more for whoever has time. None of them must be filled in."""

    requester_kind = Code("requester", label=_("Who asks"), empty="not known yet")
    danger_now = Code("danger", label=_("Danger"), empty="not known yet")
    head_count = Number(label=_("How many people"), least=0)
    country = Code("country", label=_("Country where they are"), empty="not known yet")
    wish = Words(label=_("What they ask for, in their own words"), rows=3)

    children = Number(label=_("Children among them"))
    adm1 = Bland(label=_("Province, nothing finer"))
    channel = Code("channel", label=_("How they reached us"))
    number = Line(label=_("Number or name to call back"))
    safe_times = Line(label=_("When it is safe to call"))
    call_back_safe = Answer(label=_("Is it safe to call back?"))
    situation = Codes("situation", label=_("Situation"))
    pregnant_weeks = Number(label=_("Pregnant: which week"), most=45)
    infants = Number(label=_("Infants up to 2 years"))
    over_60 = Number(label=_("People over 60"))
    needs = Codes("needs", only=ASKED_FIRST, label=_("Needs"))
    goal = Code("goal", label=_("What they hope for"))
    former_case = Reference(label=_("Reference of the caller's own case, if we helped them before"))
    partner = Line(label=_("Which partner"))
    before_crossing = Answer(label=_("Could this be the last word before they move?"))
    child_seen = Code("child_seen", label=_("A child on a video call or picture"))
    broker_involved = Answer(label=_("Is a broker involved?"))
    fee_quoted = Price(label=_("Price they were told"))
    promised = Words(label=_("What we promised in this call"), rows=2)

    FIRST = ("requester_kind", "danger_now", "head_count", "country", "wish")
    SEALED = ("number", "safe_times")

    def __init__(self, actor: Any, *args: Any, names: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        _give_actor(self.fields.values(), actor)
        if not names:
            for name in self.SEALED:
                del self.fields[name]

    @property
    def first(self) -> list[forms.BoundField]:
        """The five fields."""
        return [self[name] for name in self.FIRST]

    @property
    def rest(self) -> list[forms.BoundField]:
        """What there may be time for."""
        return [self[name] for name in self.fields if name not in self.FIRST]


def _give_actor(fields: Iterable[Any], actor: Any) -> None:
    for field in fields:
        if isinstance(field, Reference):
            field.actor = actor


def plain(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without what was left empty."""
    return {name: value for name, value in said.items() if value not in ("", None, [], ())}


__all__ = ["Answer", "Bland", "Code", "Codes", "FilterForm", "IntakeForm", "Line", "Number", "Price", "Reference",
           "Words", "answered", "plain"]
