"""What people type about a breach, checked before anything is done with it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from waystation_web.gateways import clock

from .breach import SORTS, STEPS
from .words import word

LONG = 8_000


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}))


def _hour(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=23)


class BreachForm(forms.Form):
    """A breach, as soon as anybody thinks of one."""

    what = forms.CharField(label=_("What happened, as far as anybody knows"), max_length=LONG,
                           widget=forms.Textarea(attrs={"rows": 4}))
    sort = forms.ChoiceField(label=_("What it is about"), choices=[])
    account = forms.ChoiceField(label=_("Whose account or device; empty if nobody's"), required=False)
    day = _day(_("Since when: day"))
    hour = _hour(_("Since when: hour (UTC)"))
    known_day = _day(_("When we came to know of it: day"))
    known_hour = _hour(_("When we came to know of it: hour (UTC)"))

    def __init__(self, *given: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["account"].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]
        self.fields["sort"].choices = [(one, word("sort", one)) for one in SORTS]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Times in their order, none to come; an account where it is about one."""
        said = super().clean() or {}
        if said.get("sort") in {"account", "device"} and not said.get("account"):
            self.add_error("account", _("Say whose."))
        if not self.errors:
            since, known = _moment(said["day"], said["hour"]), _moment(said["known_day"], said["known_hour"])
            if known > clock.now():
                self.add_error("known_day", _("This time is still to come."))
            if since > known:
                self.add_error("day", _("It began before anybody knew of it."))
        return said

    def typed(self) -> dict[str, Any]:
        """As the act takes it. What the account does goes on until somebody stops it: the end is now."""
        said = self.cleaned_data
        return {"what": said["what"], "sort": said["sort"], "account": bytes.fromhex(said["account"]),
                "since": _moment(said["day"], said["hour"]), "known": _moment(said["known_day"], said["known_hour"]),
                "until": clock.now()}


class StepForm(forms.Form):
    """One step, done or not needed."""

    step = forms.ChoiceField(choices=[(one, one) for one in STEPS])
    done = forms.ChoiceField(label=_("Done?"), choices=[("yes", _("done")), ("no", _("need not be done"))])
    why = forms.CharField(label=_("What was said and done; or why it need not be"), max_length=2_000)


class CloseForm(forms.Form):
    """What was learnt, before two sign that it is over."""

    closing = forms.CharField(label=_("What was learnt, and what is different now"), max_length=LONG,
                              widget=forms.Textarea(attrs={"rows": 3}))


def _moment(day: Any, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
