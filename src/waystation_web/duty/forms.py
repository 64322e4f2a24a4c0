"""What people type on the pages of the house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

LONG = 4_000


def _person(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


class WithPeople(forms.Form):
    """A form that names colleagues: every field called in `NAMES` takes one."""

    NAMES: tuple[str, ...] = ()

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        for name in self.NAMES:
            self.fields[name].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]


class ShiftForm(WithPeople):
    """Who is on, from when, for how long."""

    NAMES = ("who",)
    who = _person(_("Who"))
    day = _day(_("Day"))
    hour = forms.IntegerField(label=_("From which hour (UTC)"), min_value=0, max_value=23)
    hours = forms.IntegerField(label=_("For how many hours"), min_value=1, max_value=24)

    def span(self) -> tuple[Any, Any]:
        """First and last moment."""
        said = self.cleaned_data
        start = clock.now().replace(year=said["day"].year, month=said["day"].month, day=said["day"].day,
                                    hour=said["hour"], minute=0, second=0, microsecond=0)
        return start, start + timedelta(hours=said["hours"])


class LeaveForm(WithPeople):
    """Who is away, and who stands in. There is no field for why."""

    NAMES = ("who", "stand_in")
    who = _person(_("Who is away"))
    first = _day(_("From"))
    last = _day(_("Until"))
    stand_in = _person(_("Who stands in"))

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        said = super().clean() or {}
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("The last day comes before the first."))
        return said


class HandForm(WithPeople):
    """What one shift leaves to the next."""

    NAMES = ("to",)
    to = _person(_("Who takes over"))
    open = forms.CharField(label=_("What is open, with its clock"), max_length=LONG,
                           widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))
    promised = forms.CharField(label=_("What was promised, to whom"), max_length=LONG, required=False,
                               widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))
    deferred = forms.CharField(label=_("What was put off, and why"), max_length=LONG, required=False,
                               widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))


class CardForm(forms.Form):
    """A guidance card."""

    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LimitsForm(forms.Form):
    """Limits that the organisation sets for itself."""

    second_signature_above = forms.CharField(label=_("Payments above this need two signatures"), max_length=40)
    exposure_limit = forms.IntegerField(label=_("Helpers, houses and parties that one capture may give away at most; "
                                                "empty: no limit"), min_value=0, max_value=1_000, required=False)
    cool_off_hours = forms.IntegerField(label=_("Hours between a loss and the second signature under a go"),
                                        min_value=0, max_value=720)
    ransom_hold_hours = forms.IntegerField(label=_("Hours that a ransom waits at least"), min_value=24, max_value=720)
    review_days = forms.IntegerField(label=_("Days until a request is looked at again"), min_value=1, max_value=60)

    def clean_second_signature_above(self) -> str:
        """An amount with its currency."""
        from .queries import amount

        said: str = self.cleaned_data["second_signature_above"]
        if amount(said) is None:
            raise forms.ValidationError(_("Write an amount and its currency, for example 1000 USD."), code="money")
        return said


class NewcomerForm(forms.Form):
    """Whom to let read what everybody reads."""

    account = forms.RegexField(r"[0-9a-f]{32}")
