"""What people type on the pages of the house."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

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

    def __init__(self, *given: Any, zone: ZoneInfo | None = None, **more: Any) -> None:
        super().__init__(*given, **more)
        self.zone = zone
        if zone is not None:
            self.fields["hour"].label = format_lazy(_("From which hour ({zone})"), zone=zone.key)

    def span(self) -> tuple[datetime, datetime]:
        """First and last moment, in UTC; the hour is one of the office's own clock, if it has one."""
        said = self.cleaned_data
        start = datetime.combine(said["day"], time(said["hour"]), self.zone or UTC).astimezone(UTC)
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
    safety_floor = forms.IntegerField(label=_("Of 100 parties, how many must arrive even at the low end of what is "
                                              "known; empty: no floor"), min_value=1, max_value=99, required=False)
    cool_off_hours = forms.IntegerField(label=_("Hours between a loss and the second signature under a go"),
                                        min_value=0, max_value=720)
    ransom_hold_hours = forms.IntegerField(label=_("Hours that a ransom waits at least"), min_value=24, max_value=720)
    review_days = forms.IntegerField(label=_("Days until a request is looked at again"), min_value=1, max_value=60)

    most_hours = forms.IntegerField(label=_("Hours that anybody stays on duty at most; empty: 12"), min_value=4,
                                    max_value=16, required=False)
    time_zone = forms.CharField(label=_("The office's own clock, for example Asia/Seoul; empty: UTC"), max_length=40,
                                required=False)

    def clean_time_zone(self) -> str | None:
        """A name that this computer knows."""
        from .queries import clock_of

        said: str = self.cleaned_data["time_zone"].strip()
        if said and clock_of(said) is None:
            raise forms.ValidationError(_("This computer knows no clock of this name."), code="zone")
        return said or None

    def clean_second_signature_above(self) -> str:
        """An amount with its currency."""
        from .queries import amount

        said: str = self.cleaned_data["second_signature_above"]
        if amount(said) is None:
            raise forms.ValidationError(_("Write an amount and its currency, for example 1000 USD."), code="money")
        return said


class DeputiesForm(forms.Form):
    """Who follows in each role; the fields are the roles."""

    def __init__(self, *given: Any, posts: list[tuple[str, Any]], people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        for role, words in posts:
            self.fields[role] = forms.ChoiceField(label=words, required=False,
                                                  choices=[("", _("Nobody yet")), *people])


class NamingForm(forms.Form):
    """Whether somebody agrees to be named outside."""

    named = forms.ChoiceField(choices=(("yes", ""), ("no", "")))


class NewcomerForm(forms.Form):
    """Whom to let read what everybody reads."""

    account = forms.RegexField(r"[0-9a-f]{32}")
